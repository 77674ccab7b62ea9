import { fromPublicId, routes } from "@okno/contract";
import { refuse } from "@okno/kit";
import type { Clock } from "../../platform/clock.ts";
import { type Database, statement } from "../../platform/database.ts";
import { type Binding, bindTable, command, own } from "../../platform/http/binding.ts";
import type { Principal } from "../../platform/http/principal.ts";
import { newId } from "../../platform/ids.ts";
import { appendWorkspaceEvent } from "../journal/index.ts";
import type { Presence } from "./presence.ts";
import type { Colleague } from "./state.ts";

const findProject = statement(
  "presence.find_project",
  "select project_id from tickets where workspace_id = $1 and id = $2",
);
// Nothing is written, and so nothing told, when it is what it was.
const setStatus = statement(
  "presence.set_status",
  `update members set availability = $3, availability_until = $4
   where workspace_id = $1 and id = $2 and (availability, availability_until) is distinct from ($3, $4) returning 1`,
);

/** A ticket stays in its project, so this is for room, not for truth. */
const mostKnown = 10_000;

export type PresenceRouteDeps = { db: Database; clock: Clock; presence: Presence; poke(): void };

function colleague({ workspaceId, id, owner, roles }: Principal): Colleague {
  return { workspaceId, memberId: id, owner, projectIds: [...roles.keys()] };
}

function createProjectOf(db: Database) {
  const known = new Map<string, string>();
  return async (workspaceId: string, ticketId: string): Promise<string | undefined> => {
    const key = `${workspaceId} ${ticketId}`;
    const cached = known.get(key);
    if (cached) return cached;
    const [row] = await db
      .in(workspaceId)
      .query<{ project_id: string }>(findProject, [workspaceId, ticketId]);
    if (!row) return undefined;
    if (known.size >= mostKnown) known.clear();
    known.set(key, row.project_id);
    return row.project_id;
  };
}

export function presenceBindings({ db, clock, presence, poke }: PresenceRouteDeps): Binding[] {
  const projectOf = createProjectOf(db);
  return bindTable(routes.presence, {
    announce: own(async ({ principal, body }) => {
      const { workspaceId, id, name, sessionId } = principal;
      if (body.active) presence.touch(colleague(principal));
      if (body.ticket === null) return;
      const ticketId = fromPublicId("ticket", body.ticket) ?? "";
      const projectId = await projectOf(workspaceId, ticketId);
      if (!projectId || !principal.roles.has(projectId)) throw refuse("not_found");
      const session = `${sessionId} ${body.tab}`;
      presence.announce({
        workspaceId,
        projectId,
        ticketId,
        who: { kind: "member", id, name },
        session,
        doing: body.doing,
      });
    }),
    setStatus: command(async ({ principal, body }, tx) => {
      const { workspaceId, id } = principal;
      const now = clock.now();
      const until = body.until === null ? null : new Date(body.until);
      if (until && until <= now)
        throw refuse("invalid_request", {}, [{ pointer: "/until", message: "is not in the future" }]);
      const status = body.status;
      const ends = status === "available" ? null : until;
      const changed = await tx.query(setStatus, [workspaceId, id, status, ends]);
      const answer = { status, until: ends?.toISOString() ?? null };
      if (changed.length === 0) return answer;
      await appendWorkspaceEvent(tx, {
        id: newId(clock),
        type: "member.status_changed",
        projectId: null,
        actor: { kind: "member", id },
        at: now,
        data: answer,
      });
      tx.afterCommit(poke);
      tx.afterCommit(() => presence.tellChoice({ ...colleague(principal), ...answer }));
      return answer;
    }),
  });
}
