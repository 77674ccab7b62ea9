import { type MergedTickets, routes } from "@okno/contract";
import { type Binding, bindTable, command } from "../../platform/http/binding.ts";
import type { Principal } from "../../platform/http/principal.ts";
import { presentTicket, type TicketRow } from "../tickets/index.ts";
import type { MergingDeps } from "./deps.ts";
import { mergeTickets, type Pair } from "./merge.ts";
import { splitTicket } from "./split.ts";
import { unmergeTicket } from "./unmerge.ts";

export function mergingBindings(deps: MergingDeps): Binding[] {
  const present = (principal: Principal, row: TicketRow) =>
    presentTicket(row, deps.flowOf(row.kind), principal.id);
  const both = (principal: Principal, { source, survivor }: Pair): MergedTickets => ({
    source: present(principal, source),
    survivor: present(principal, survivor),
  });
  return bindTable(routes.merging, {
    merge: command(async ({ principal, params, body }, tx) =>
      both(principal, await mergeTickets(deps, tx, principal, { ticketId: params.id, into: body.into })),
    ),
    unmerge: command(async ({ principal, params }, tx) =>
      both(principal, await unmergeTicket(deps, tx, principal, params.id)),
    ),
    split: command(async ({ principal, params, body }, tx) =>
      present(
        principal,
        await splitTicket(deps, tx, principal, { ticketId: params.id, messageId: params.message, ...body }),
      ),
    ),
  });
}
