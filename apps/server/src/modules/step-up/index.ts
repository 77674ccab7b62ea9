// Step-up: a member proves anew, by a code of an app (TOTP, RFC 6238), who is acting. A right code counts for five minutes in the session
// it was given in. Invariants: a code is taken once, in whatever order they come; wrong ones are counted even when the call that brought
// them is refused; the secret is sealed, recovery codes are keyed digests.
export { createStepUp } from "./port.ts";
export { stepUpBindings } from "./routes.ts";
