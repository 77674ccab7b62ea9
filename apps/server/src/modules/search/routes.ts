import { routes } from "@okno/contract";
import { type Binding, bindTable, read } from "../../platform/http/binding.ts";
import { suggestPeople } from "./people.ts";
import { type SearchDeps, searchTickets } from "./search-tickets.ts";

export function searchBindings(deps: SearchDeps): Binding[] {
  return bindTable(routes.search, {
    tickets: read(({ principal, query }, db) => searchTickets(deps, db, principal, query)),
    suggest: read(({ principal, query }, db) => suggestPeople(db, principal, query)),
  });
}
