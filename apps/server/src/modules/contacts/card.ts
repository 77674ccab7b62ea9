import { type Contact, fromPublicId, toPublicId } from "@okno/contract";
import { refuse } from "@okno/kit";
import { type Queryable, statement, type Transaction } from "../../platform/database.ts";
import { type Principal, projectsWith } from "../../platform/http/principal.ts";

// The contact that stands for this id today: itself, or whoever took it in, over any number of merges. `union` ends even a circle.
const survivor = `(with recursive chain as (
     select id, merged_into from contacts where workspace_id = $1 and id = $3
     union select n.id, n.merged_into from chain join contacts n on n.workspace_id = $1 and n.id = chain.merged_into
   ) select id from chain where merged_into is null)`;

// The one predicate of contacts: within the workspace, in a project of the caller's scope.
const scope = "c.workspace_id = $1 and c.project_id = any($2::uuid[])";

const cards = `select c.id, c.project_id, c.name, c.locale, c.note, c.fields, c.version, c.created_at,
     (select count(*)::int from (select 1 from tickets t where t.workspace_id = $1 and t.contact_id = c.id limit 1000) capped) as ticket_count,
     (select coalesce(json_agg(json_build_object('id', i.id, 'kind', i.kind, 'scope', i.scope, 'value', i.value, 'verified', i.verified)
        order by i.created_at, i.id), '[]')
      from identities i where i.workspace_id = $1 and i.contact_id = c.id) as identities,
     (select nullif(max(i.last_seen_at), 'epoch') from identities i where i.workspace_id = $1 and i.contact_id = c.id) as last_seen_at,
     (select coalesce(json_agg(json_build_object('id', m.from_id, 'name', g.name, 'at', m.at) order by m.at desc, m.id), '[]')
      from contact_merges m join contacts g on g.workspace_id = $1 and g.id = m.from_id
      where m.workspace_id = $1 and m.into_id = c.id and m.undone_at is null) as merged,
     (select coalesce(json_agg(json_build_object('id', d.id, 'name', d.name, 'kind', o.kind, 'value', o.value) order by o.created_at, o.id), '[]')
      from identities i
      join identities o on o.workspace_id = $1 and o.project_id = i.project_id and o.kind = i.kind and o.scope = i.scope
        and o.value = i.value and o.verified = (not i.verified) and o.contact_id <> i.contact_id
      join contacts d on d.workspace_id = $1 and d.id = o.contact_id
      where i.workspace_id = $1 and i.contact_id = c.id and i.kind in ('email', 'phone')) as duplicates
   from contacts c where ${scope}`;
const find = statement("contacts.find", `${cards} and c.id = ${survivor}`);
const findMany = statement("contacts.find_many", `${cards} and c.id = any($3::uuid[])`);

const lock = statement(
  "contacts.lock",
  `select c.id, c.project_id, c.name, c.locale, c.note, c.fields, c.version, c.merged_into from contacts c
   where ${scope} and c.id = ${survivor} for no key update of c`,
);

export type ContactValues = {
  name: string | null;
  locale: string | null;
  note: string;
  fields: Record<string, string | number | boolean>;
};

export type LockedContact = ContactValues & {
  id: string;
  project_id: string;
  version: number;
  merged_into: string | null;
};

type IdentityRow = Omit<Contact["identities"][number], "channel"> & { scope: string };
type CardRow = ContactValues & {
  id: string;
  project_id: string;
  version: number;
  created_at: Date;
  ticket_count: number;
  identities: IdentityRow[];
  last_seen_at: Date | null;
  merged: { id: string; name: string | null; at: string }[];
  duplicates: { id: string; name: string | null; kind: IdentityRow["kind"]; value: string }[];
};

const nowhere = "00000000-0000-0000-0000-000000000000";

/** After a merge one address may be there twice: proved and claimed. The proved one speaks for both. */
function shown(identities: readonly IdentityRow[]): IdentityRow[] {
  const proved = new Set(identities.filter((each) => each.verified).map(keyOf));
  return identities.filter((each) => each.verified || !proved.has(keyOf(each)));
}

const keyOf = ({ kind, scope: where, value }: IdentityRow) => `${kind} ${where} ${value}`;

function presentIdentity({ id, kind, scope: where, value, verified }: IdentityRow) {
  const channel = where === nowhere ? null : toPublicId("channel", where);
  return { id: toPublicId("identity", id), kind, value, verified, channel };
}

const contactId = (id: string) => toPublicId("contact", id);

/** Values by the public ids of their fields. */
export function presentValues(fields: ContactValues["fields"]): ContactValues["fields"] {
  return Object.fromEntries(
    Object.entries(fields).map(([id, value]) => [toPublicId("contactField", id), value]),
  );
}

function presentCard(row: CardRow, asked: string): Contact {
  const id = contactId(row.id);
  return {
    id,
    project: toPublicId("project", row.project_id),
    name: row.name,
    locale: row.locale,
    note: row.note,
    fields: presentValues(row.fields),
    identities: shown(row.identities).map(presentIdentity),
    ticketCount: row.ticket_count,
    createdAt: row.created_at.toISOString(),
    lastSeenAt: row.last_seen_at?.toISOString() ?? null,
    mergedInto: id === asked ? null : id,
    merged: row.merged.map(({ id: from, name, at }) => ({
      contact: contactId(from),
      name,
      at: new Date(at).toISOString(),
    })),
    duplicates: row.duplicates.map(({ id: other, name, kind, value }) => ({
      contact: contactId(other),
      name,
      kind,
      value,
    })),
    version: row.version,
  };
}

function values(principal: Principal, publicId: string): unknown[] {
  return [principal.workspaceId, projectsWith(principal, "operator"), fromPublicId("contact", publicId)];
}

/** The card of a contact, or of the one that took it in. @throws not_found outside the caller's projects. */
export async function readCard(db: Queryable, principal: Principal, publicId: string): Promise<Contact> {
  const [row] = await db.query<CardRow>(find, values(principal, publicId));
  if (!row) throw refuse("not_found");
  return presentCard(row, publicId);
}

/** The cards of known contacts, in the order of their ids as given. */
export async function listCards(
  db: Queryable,
  principal: Principal,
  ids: readonly string[],
): Promise<Contact[]> {
  if (ids.length === 0) return [];
  const scopeValues = [principal.workspaceId, projectsWith(principal, "operator")];
  const rows = await db.query<CardRow>(findMany, [...scopeValues, ids]);
  const byId = new Map(rows.map((row) => [row.id, presentCard(row, contactId(row.id))]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/**
 * The contact that stands for this id, with its row lock held.
 * @returns undefined outside the caller's projects.
 */
export async function lockContact(
  tx: Transaction,
  principal: Principal,
  publicId: string,
): Promise<LockedContact | undefined> {
  for (;;) {
    const [row] = await tx.query<LockedContact>(lock, values(principal, publicId));
    // Merged away while we waited for the lock: whoever took it in is locked instead.
    if (row?.merged_into) continue;
    return row;
  }
}
