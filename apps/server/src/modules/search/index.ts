// Search: tickets, messages, notes and contacts by words, numbers, telephones and addresses, in two languages. A consumer of the journal
// keeps two tables of what is searchable; they can be made again from the rest at any time. Queries are held against them by four narrow
// functions of the database, since no policy lets an index of words be used; all else is read as the caller.
export { searchIndexer } from "./indexer.ts";
export { findContactPage } from "./people.ts";
export { searchBindings } from "./routes.ts";
export { listFoundTickets, type SearchDeps } from "./search-tickets.ts";
