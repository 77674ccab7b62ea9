import { type BodyOf, type Contact, fromPublicId, type routes, toPublicId } from "@okno/contract";
import { refuse } from "@okno/kit";
import { statement, type Transaction, violatedConstraint } from "../../platform/database.ts";
import type { Principal } from "../../platform/http/principal.ts";
import { newId } from "../../platform/ids.ts";
import { type LockedContact, lockContact, readCard } from "./card.ts";
import { type Address, holderOf, taken } from "./holder.ts";
import { normalizeAddress } from "./normalize.ts";
import { type ContactDeps, recordContact } from "./record.ts";

/** More than this and the card is no person. */
const mostIdentities = 50;

// Nobody has written by it yet: `epoch` stands for never, so that adding an address is no sign of life.
const insert = statement(
  "contacts.insert_identity",
  `insert into identities (workspace_id, id, project_id, contact_id, kind, scope, value, verified, created_at, last_seen_at)
   values ($1, $2, $3, $4, $5, '00000000-0000-0000-0000-000000000000', $6, $7, $8, 'epoch')`,
);
const prove = statement(
  "contacts.change_identity",
  "update identities set value = $3, verified = $4 where workspace_id = $1 and id = $2",
);
const find = statement(
  "contacts.find_identity",
  "select id, kind, value, verified from identities where workspace_id = $1 and contact_id = $2 and id = $3",
);
const count = statement(
  "contacts.count_identities",
  "select count(*)::int as identities from identities where workspace_id = $1 and contact_id = $2",
);
const findConversation = statement(
  "contacts.find_conversation",
  "select 1 from tickets where workspace_id = $1 and identity_id = $2 limit 1",
);
// Proved and claimed stand for one line of the card: both go.
const remove = statement(
  "contacts.remove_identity",
  `delete from identities where workspace_id = $1 and contact_id = $2 and kind = $3 and value = $4
     and scope = '00000000-0000-0000-0000-000000000000'`,
);

type NewAddress = Address & { contactId: string };

/** @throws already_exists when another contact got the address at this very moment. */
export async function insertAddress(
  { clock }: Pick<ContactDeps, "clock">,
  tx: Transaction,
  { contactId, projectId, kind, value, verified }: NewAddress,
): Promise<void> {
  const values = [tx.workspaceId, newId(clock), projectId, contactId, kind, value, verified, clock.now()];
  await orTaken(tx.query(insert, values));
}

async function orTaken(write: Promise<unknown>): Promise<void> {
  try {
    await write;
  } catch (error) {
    if (violatedConstraint(error) === "identities_value") throw refuse("already_exists");
    throw error;
  }
}

async function locked(tx: Transaction, principal: Principal, id: string): Promise<LockedContact> {
  const contact = await lockContact(tx, principal, id);
  if (!contact) throw refuse("not_found");
  return contact;
}

async function recordIdentity(
  deps: ContactDeps,
  tx: Transaction,
  principal: Principal,
  contact: LockedContact,
): Promise<void> {
  const data = { contact: toPublicId("contact", contact.id), fields: ["identities"] };
  await recordContact(deps, tx, principal, { type: "contact.changed", projectId: contact.project_id, data });
}

/** @throws not_found, invalid_request, already_exists with who has it, limit_reached. */
export async function addIdentity(
  deps: ContactDeps,
  tx: Transaction,
  principal: Principal,
  id: string,
  { kind, value: text, verified }: BodyOf<typeof routes.contacts.addIdentity>,
): Promise<Contact> {
  const value = normalizeAddress(kind, text, "/value");
  const contact = await locked(tx, principal, id);
  const address = { projectId: contact.project_id, kind, value };
  const proved = await holderOf(tx, { ...address, verified: true });
  const claimed = await holderOf(tx, { ...address, verified: false });
  const holder = verified ? proved : claimed;
  if (holder && holder.contact_id !== contact.id) throw taken(holder);
  // It is on the card already, as asked or better.
  if (holder || proved?.contact_id === contact.id) return readCard(tx, principal, id);
  if (claimed?.contact_id === contact.id) {
    await orTaken(tx.query(prove, [tx.workspaceId, claimed.id, value, true]));
  } else {
    const [row] = await tx.query<{ identities: number }>(count, [tx.workspaceId, contact.id]);
    if ((row?.identities ?? 0) >= mostIdentities)
      throw refuse("limit_reached", { limit: mostIdentities, of: "identities" });
    await insertAddress(deps, tx, { ...address, verified, contactId: contact.id });
  }
  await recordIdentity(deps, tx, principal, contact);
  return readCard(tx, principal, id);
}

type IdentityRow = { id: string; kind: string; value: string; verified: boolean };
type Upon = { id: string; identity: string };

/** An address of the contact's that people may change. @throws not_found; in_use where a channel or a conversation needs it. */
async function changeable(
  tx: Transaction,
  principal: Principal,
  { id, identity }: Upon,
): Promise<{ contact: LockedContact; row: IdentityRow & { kind: "email" | "phone" } }> {
  const contact = await locked(tx, principal, id);
  const values = [tx.workspaceId, contact.id, fromPublicId("identity", identity)];
  const [row] = await tx.query<IdentityRow>(find, values);
  if (!row) throw refuse("not_found");
  if (row.kind !== "email" && row.kind !== "phone") throw refuse("in_use");
  return { contact, row: { ...row, kind: row.kind } };
}

async function requireNoConversation(tx: Transaction, identity: string): Promise<void> {
  const [used] = await tx.query(findConversation, [tx.workspaceId, identity]);
  if (used) throw refuse("in_use");
}

/** @throws not_found, invalid_request, already_exists with who has it, in_use. */
export async function updateIdentity(
  deps: ContactDeps,
  tx: Transaction,
  principal: Principal,
  upon: Upon,
  body: BodyOf<typeof routes.contacts.updateIdentity>,
): Promise<Contact> {
  const { contact, row } = await changeable(tx, principal, upon);
  const value = body.value === undefined ? row.value : normalizeAddress(row.kind, body.value, "/value");
  const verified = body.verified ?? row.verified;
  if (value === row.value && verified === row.verified) return readCard(tx, principal, upon.id);
  if (value !== row.value) await requireNoConversation(tx, row.id);
  const holder = await holderOf(tx, { projectId: contact.project_id, kind: row.kind, value, verified });
  if (holder) throw taken(holder);
  await orTaken(tx.query(prove, [tx.workspaceId, row.id, value, verified]));
  await recordIdentity(deps, tx, principal, contact);
  return readCard(tx, principal, upon.id);
}

/** @throws not_found, in_use. */
export async function removeIdentity(
  deps: ContactDeps,
  tx: Transaction,
  principal: Principal,
  upon: Upon,
): Promise<Contact> {
  const { contact, row } = await changeable(tx, principal, upon);
  await requireNoConversation(tx, row.id);
  await tx.query(remove, [tx.workspaceId, contact.id, row.kind, row.value]);
  await recordIdentity(deps, tx, principal, contact);
  return readCard(tx, principal, upon.id);
}
