import { routes } from "@okno/contract";
import { type Binding, bindTable, command, read } from "../../platform/http/binding.ts";
import { findContactPage } from "../search/index.ts";
import { listCards, readCard } from "./card.ts";
import { createContact, updateContact } from "./change.ts";
import { contactFieldBindings } from "./fields.ts";
import { addIdentity, removeIdentity, updateIdentity } from "./identities.ts";
import { mergeContacts, unmergeContact } from "./merge.ts";
import type { ContactDeps } from "./record.ts";

export function contactBindings(deps: ContactDeps): Binding[] {
  const contacts = bindTable(routes.contacts, {
    list: read(async ({ principal, query }, db) => {
      const { ids, nextCursor } = await findContactPage(db, principal, query);
      return { data: await listCards(db, principal, ids), nextCursor };
    }),
    get: read(({ principal, params }, db) => readCard(db, principal, params.id)),
    create: command(({ principal, body }, tx) => createContact(deps, tx, principal, body)),
    update: command(({ principal, params, body }, tx) => updateContact(deps, tx, principal, params.id, body)),
    addIdentity: command(({ principal, params, body }, tx) =>
      addIdentity(deps, tx, principal, params.id, body),
    ),
    updateIdentity: command(({ principal, params, body }, tx) =>
      updateIdentity(deps, tx, principal, params, body),
    ),
    removeIdentity: command(({ principal, params }, tx) => removeIdentity(deps, tx, principal, params)),
    merge: command(({ principal, params, body }, tx) =>
      mergeContacts(deps, tx, principal, params.id, body.into),
    ),
    unmerge: command(({ principal, params }, tx) => unmergeContact(deps, tx, principal, params.id)),
  });
  return [...contacts, ...contactFieldBindings(deps)];
}
