import { fromPublicId, routes } from "@okno/contract";
import { refuse } from "@okno/kit";
import { type Binding, bindTable, command, gathered, read } from "../../platform/http/binding.ts";
import { findTicket, seqCursor, seqPage, ticketScope } from "../tickets/index.ts";
import { type AddDeps, addMessage } from "./add.ts";
import { presentMessage } from "./present.ts";
import { findMessage, type ListedMessage, listMessages } from "./queries.ts";
import { withdrawMessage } from "./withdraw.ts";

export function messageBindings(deps: AddDeps): Binding[] {
  return bindTable(routes.messages, {
    list: read(async ({ principal, params, query }, db) => {
      const ticket = await findTicket(db, ticketScope(principal), fromPublicId("ticket", params.id) ?? "");
      if (!ticket) throw refuse("not_found");
      const rows = await db.query<ListedMessage>(listMessages, [
        principal.workspaceId,
        ticket.id,
        seqCursor(query.cursor),
        query.limit + 1,
      ]);
      return seqPage(rows, query.limit, presentMessage);
    }),
    get: read(async ({ principal, params }, db) => {
      const ticket = await findTicket(db, ticketScope(principal), fromPublicId("ticket", params.id) ?? "");
      if (!ticket) throw refuse("not_found");
      const [row] = await db.query<ListedMessage>(findMessage, [
        principal.workspaceId,
        ticket.id,
        fromPublicId("message", params.message),
      ]);
      if (!row) throw refuse("not_found");
      return presentMessage(row);
    }),
    // Answers of one moment are committed together; each locks its ticket.
    add: gathered(
      ({ params }) => params.id,
      ({ principal, params, body }, tx) => addMessage(deps, tx, principal, params.id, body),
    ),
    withdraw: command(({ principal, params }, tx) => withdrawMessage(deps, tx, principal, params)),
  });
}
