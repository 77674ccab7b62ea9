// Contacts: who asks, with many identities, custom fields and a history over all channels. A claimed address never joins somebody else's
// verified one. Two contacts may be merged and parted again; identities say whose a message is, so a merge moves them under their locks,
// and a merged contact's id answers with the survivor.

export { lockContact } from "./card.ts";
export { identitiesOf, normalizePhone } from "./normalize.ts";
export { contactBindings } from "./routes.ts";
