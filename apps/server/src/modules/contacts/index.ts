// Contacts: who asks, with many identities. A claimed address never joins somebody else's verified one.

export { identitiesOf } from "./normalize.ts";
export { contactBindings } from "./routes.ts";
