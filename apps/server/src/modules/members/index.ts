// People and access: members, sessions, one-time links, API keys. Secrets are stored as digests alone and shown once.
// Invariants: a workspace with an owner never loses the last one; nobody gives a right they do not hold; a disabled member, an ended
// session and a revoked key are refused at once.
export {
  type Authenticator,
  createAuthenticator,
  mintSecret,
  secretIn,
  workspaceOfSecret,
} from "./authenticate.ts";
export { keyBindings } from "./key-routes.ts";
export { keySigningBindings } from "./key-signing.ts";
export { createKey, type NewKey } from "./keys.ts";
export { createFirstOwnerLink, createLink, hasOwner, linkUrl, type NewLink } from "./links.ts";
export { requireOwnPassword } from "./own-password.ts";
export { hashPassword } from "./passwords.ts";
export { addMember, lockPeople, type NewMember } from "./people.ts";
export type { PeopleDeps } from "./people-deps.ts";
export { areMembers, personsBehind } from "./persons-behind.ts";
export { principalOf } from "./principal-of.ts";
export { createSignatureCheck, forgetOldNonces } from "./request-signature.ts";
export { type MemberDeps, memberBindings } from "./routes.ts";
export { commandWithSecret } from "./secret-answer.ts";
export { hasSessionCookie } from "./session-cookie.ts";
export { sessionBindings } from "./session-routes.ts";
export { startSession } from "./sessions.ts";
