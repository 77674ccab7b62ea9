// Contacts: who asks, with many identities. A claimed address never joins somebody else's verified one.
export { contactBindings } from "./routes.ts";
export { identitiesOf, normalizePhone } from "./normalize.ts";
