import { routes } from "@okno/contract";
import type { Clock } from "../../platform/clock.ts";
import { type Binding, bindTable, read } from "../../platform/http/binding.ts";
import { ticketScope } from "../tickets/index.ts";
import { reportUnanswered } from "./unanswered.ts";

export type ReportDeps = { clock: Clock };

export function reportBindings({ clock }: ReportDeps): Binding[] {
  return bindTable(routes.reports, {
    unanswered: read(({ principal, query }, db) =>
      reportUnanswered(db, ticketScope(principal), clock.now(), query.project),
    ),
  });
}
