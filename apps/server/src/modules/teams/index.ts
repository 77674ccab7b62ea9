// Teams: who works together in a project. A ticket may belong to one, which takes it among its own.
// Invariants: a name is used once a project; an archived team keeps its tickets and is given no new ones; every change is an event.
export { type TeamDeps, teamBindings } from "./routes.ts";
