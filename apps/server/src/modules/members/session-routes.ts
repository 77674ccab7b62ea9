import { fromPublicId, routes } from "@okno/contract";
import { refuse } from "@okno/kit";
import { statement, type Transaction } from "../../platform/database.ts";
import { type Binding, bindTable, command, own, read } from "../../platform/http/binding.ts";
import type { Principal } from "../../platform/http/principal.ts";
import { requireOwnPassword } from "./own-password.ts";
import { hashPassword } from "./passwords.ts";
import { recordPerson } from "./people.ts";
import type { PeopleDeps } from "./people-deps.ts";
import { getMe } from "./person.ts";
import { takeSession } from "./session-cookie.ts";
import { endSessions, listSessions } from "./sessions.ts";
import { signInOperation } from "./sign-in.ts";
import { checkLinkOperation, useLinkOperation } from "./use-link.ts";

// Only if nobody changed it meanwhile.
const changePassword = statement(
  "members.change_password",
  "update members set password_hash = $4 where workspace_id = $1 and id = $2 and password_hash = $3 returning 1",
);
const updateMe = statement(
  "members.update_me",
  `update members set name = coalesce($3, name), locale = coalesce($4, locale), theme = coalesce($5, theme),
     density = coalesce($6, density), undo_send_seconds = coalesce($7, undo_send_seconds), signature = coalesce($8, signature)
   where workspace_id = $1 and id = $2`,
);

/** The session a signed-in person came with: routes for people are closed to keys. */
function meOf({ workspaceId, id, sessionId }: Principal) {
  if (sessionId === null) throw refuse("forbidden");
  return { workspaceId, memberId: id, sessionId };
}

function changed(deps: PeopleDeps, tx: Transaction): void {
  tx.afterCommit(deps.poke);
  tx.afterCommit(() => deps.accessChanged(tx.workspaceId));
}

function changePasswordOperation(deps: PeopleDeps) {
  const { db, clock } = deps;
  return own<typeof routes.session.changePassword>(async ({ principal, body, peer }) => {
    const { workspaceId, memberId, sessionId } = meOf(principal);
    const given = { workspaceId, memberId, sessionId, address: peer.address, password: body.current };
    const { passwordHash } = await requireOwnPassword(deps, given);
    const next = await hashPassword(body.next);
    await db.transaction(workspaceId, async (tx) => {
      const done = await tx.query(changePassword, [workspaceId, memberId, passwordHash, next]);
      if (done.length === 0) throw refuse("wrong_credentials");
      const actor = { kind: "member", id: memberId } as const;
      await recordPerson(tx, clock, { type: "password.changed", memberId, actor });
      await endSessions(tx, clock, memberId, actor, { except: sessionId });
      changed(deps, tx);
    });
  });
}

export function sessionBindings(deps: PeopleDeps): Binding[] {
  const { clock, publicUrl } = deps;
  return bindTable(routes.session, {
    signIn: signInOperation(deps),
    checkLink: checkLinkOperation(deps),
    useLink: useLinkOperation(deps),
    me: read(({ principal }, db) => getMe(db, meOf(principal))),
    signOut: command(async ({ principal, http }, tx) => {
      const { memberId, sessionId } = meOf(principal);
      await endSessions(tx, clock, memberId, { kind: "member", id: memberId }, { only: sessionId });
      changed(deps, tx);
      tx.afterCommit(() => takeSession(http, clock.now(), publicUrl));
    }),
    list: read(async ({ principal }, db) => {
      const { workspaceId, memberId, sessionId } = meOf(principal);
      return { data: await listSessions(db, clock, { workspaceId, memberId, currentId: sessionId }) };
    }),
    revoke: command(async ({ principal, params }, tx) => {
      const { memberId } = meOf(principal);
      const only = fromPublicId("session", params.id) ?? "";
      const ended = await endSessions(tx, clock, memberId, { kind: "member", id: memberId }, { only });
      if (ended === 0) throw refuse("not_found");
      changed(deps, tx);
    }),
    updateMe: command(async ({ principal, body }, tx) => {
      const me = meOf(principal);
      const { name, locale, theme, density, undoSendSeconds, signature } = body;
      const values = [name, locale, theme, density, undoSendSeconds, signature].map((value) => value ?? null);
      await tx.query(updateMe, [me.workspaceId, me.memberId, ...values]);
      // Preferences are no fact about access or work: only the name, which others see, is told.
      if (name !== undefined && name !== principal.name) {
        const actor = { kind: "member", id: me.memberId } as const;
        await recordPerson(tx, clock, {
          type: "member.changed",
          memberId: me.memberId,
          actor,
          data: { fields: ["name"] },
        });
        changed(deps, tx);
      }
      return getMe(tx, me);
    }),
    changePassword: changePasswordOperation(deps),
  });
}
