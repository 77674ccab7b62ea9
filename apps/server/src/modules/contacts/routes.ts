import { type Contact, fromPublicId, routes, toPublicId } from "@okno/contract";
import { refuse } from "@okno/kit";
import type { Clock } from "../../platform/clock.ts";
import { type Queryable, statement } from "../../platform/database.ts";
import { type Binding, bindTable, command, read } from "../../platform/http/binding.ts";
import { type Principal, projectsWith } from "../../platform/http/principal.ts";
import { newId } from "../../platform/ids.ts";
import { appendWorkspaceEvent } from "../journal/index.ts";

// The one predicate of contacts: within the workspace, in a project of the caller's scope.
const find = statement(
  "contacts.find",
  `select c.id, c.project_id, c.name, c.locale, c.note, c.version, c.created_at,
     (select count(*)::int from (select 1 from tickets t where t.workspace_id = $1 and t.contact_id = c.id limit 1000) capped) as ticket_count,
     (select coalesce(json_agg(json_build_object('id', i.id, 'kind', i.kind, 'value', i.value, 'verified', i.verified)
        order by i.created_at, i.id), '[]')
      from identities i where i.workspace_id = $1 and i.contact_id = c.id) as identities
   from contacts c where c.workspace_id = $1 and c.project_id = any($2::uuid[]) and c.id = $3`,
);
const update = statement(
  "contacts.update",
  `update contacts set name = coalesce($4, name), note = coalesce($5, note), version = version + 1
   where workspace_id = $1 and project_id = any($2::uuid[]) and id = $3 and version = $6 returning project_id`,
);

type ContactRow = {
  id: string;
  project_id: string;
  name: string | null;
  locale: string | null;
  note: string;
  version: number;
  created_at: Date;
  ticket_count: number;
  identities: { id: string; kind: Contact["identities"][number]["kind"]; value: string; verified: boolean }[];
};

function presentContact(row: ContactRow): Contact {
  return {
    id: toPublicId("contact", row.id),
    project: toPublicId("project", row.project_id),
    name: row.name,
    locale: row.locale,
    note: row.note,
    identities: row.identities.map(({ id, kind, value, verified }) => ({
      id: toPublicId("identity", id),
      kind,
      value,
      verified,
    })),
    ticketCount: row.ticket_count,
    createdAt: row.created_at.toISOString(),
    version: row.version,
  };
}

async function findContact(db: Queryable, principal: Principal, publicId: string): Promise<ContactRow> {
  const [row] = await db.query<ContactRow>(find, [
    principal.workspaceId,
    projectsWith(principal, "operator"),
    fromPublicId("contact", publicId),
  ]);
  if (!row) throw refuse("not_found");
  return row;
}

export function contactBindings({ clock, poke }: { clock: Clock; poke(): void }): Binding[] {
  return bindTable(routes.contacts, {
    get: read(async ({ principal, params }, db) =>
      presentContact(await findContact(db, principal, params.id)),
    ),
    update: command(async ({ principal, params, body }, tx) => {
      const before = await findContact(tx, principal, params.id);
      const values = [
        principal.workspaceId,
        projectsWith(principal, "operator"),
        before.id,
        body.name ?? null,
        body.note ?? null,
        body.version,
      ];
      const updated = await tx.query(update, values);
      if (updated.length === 0) throw refuse("version_conflict", { version: before.version });
      const fields = Object.keys(body).filter((name) => name !== "version");
      await appendWorkspaceEvent(tx, {
        id: newId(clock),
        type: "contact.changed",
        projectId: before.project_id,
        actor: { kind: principal.kind, id: principal.id },
        at: clock.now(),
        data: { contact: params.id, fields },
      });
      tx.afterCommit(poke);
      return presentContact(await findContact(tx, principal, params.id));
    }),
  });
}
