import { type BodyOf, type Contact, fromPublicId, type routes, toPublicId } from "@okno/contract";
import { refuse } from "@okno/kit";
import { statement, type Transaction } from "../../platform/database.ts";
import type { Principal } from "../../platform/http/principal.ts";
import { newId } from "../../platform/ids.ts";
import { lockContact, readCard } from "./card.ts";
import { changeValues } from "./field-values.ts";
import { requireFree } from "./holder.ts";
import { insertAddress } from "./identities.ts";
import { identitiesOf } from "./normalize.ts";
import { type ContactDeps, recordContact } from "./record.ts";

const update = statement(
  "contacts.update",
  `update contacts set name = $3, locale = $4, note = $5, fields = $6, version = version + 1 where workspace_id = $1 and id = $2`,
);
const insert = statement(
  "contacts.insert",
  "insert into contacts (workspace_id, id, project_id, name, note, created_at) values ($1, $2, $3, $4, $5, $6)",
);

/**
 * Changes what is said of a contact.
 * @throws not_found; version_conflict when somebody was faster; unknown_reference and invalid_request for custom fields.
 */
export async function updateContact(
  deps: ContactDeps,
  tx: Transaction,
  principal: Principal,
  id: string,
  body: BodyOf<typeof routes.contacts.update>,
): Promise<Contact> {
  const before = await lockContact(tx, principal, id);
  if (!before) throw refuse("not_found");
  if (before.version !== body.version) throw refuse("version_conflict", { version: before.version });
  const fields = body.fields ? await changeValues(tx, before, body.fields) : before.fields;
  const name = body.name === undefined ? before.name : body.name;
  const locale = body.locale === undefined ? before.locale : body.locale;
  const note = body.note ?? before.note;
  await tx.query(update, [tx.workspaceId, before.id, name, locale, note, JSON.stringify(fields)]);
  const named = Object.keys(body).filter((key) => key !== "version");
  await recordContact(deps, tx, principal, {
    type: "contact.changed",
    projectId: before.project_id,
    data: {
      contact: toPublicId("contact", before.id),
      fields: named,
      ...(body.fields && { contactFields: Object.keys(body.fields) }),
    },
  });
  return readCard(tx, principal, id);
}

function projectOf(principal: Principal, publicId: string | undefined): string {
  const id = publicId === undefined ? principal.roles.keys().next().value : fromPublicId("project", publicId);
  if (!id || !principal.roles.has(id))
    throw refuse("unknown_reference", {}, [{ pointer: "/project", message: "no such project" }]);
  return id;
}

/** Writes down a customer. @throws already_exists, with who it is, when a given address is another's. */
export async function createContact(
  deps: ContactDeps,
  tx: Transaction,
  principal: Principal,
  body: BodyOf<typeof routes.contacts.create>,
): Promise<Contact> {
  const projectId = projectOf(principal, body.project);
  const identities = identitiesOf(body, "");
  if (identities.length === 0 && !body.name)
    throw refuse("invalid_request", {}, [{ pointer: "/name", message: "a name, an e-mail or a phone" }]);
  const id = newId(deps.clock);
  for (const { kind, value } of identities) await requireFree(tx, { projectId, kind, value, verified: true });
  await tx.query(insert, [
    tx.workspaceId,
    id,
    projectId,
    body.name ?? null,
    body.note ?? "",
    deps.clock.now(),
  ]);
  for (const { kind, value, verified } of identities)
    await insertAddress(deps, tx, { contactId: id, projectId, kind, value, verified });
  const contact = toPublicId("contact", id);
  await recordContact(deps, tx, principal, { type: "contact.added", projectId, data: { contact } });
  return readCard(tx, principal, contact);
}
