import { cleanLine } from "@okno/contract";
import { errors, type JWTPayload, jwtVerify } from "jose";
import type { IdentityFault } from "../contract.ts";
import type { SiteUser } from "./visitor.ts";

/** How far the site's clock may be off. */
const skewSeconds = 60;
/** A signature that is good for longer is a password in a page. */
const longestDays = 7;
const maxIdBytes = 200;

export type Checked = { ok: true; user: SiteUser } | { ok: false; why: IdentityFault };

const textOf = (value: unknown, max: number) =>
  typeof value === "string" ? cleanLine(value).slice(0, max) || undefined : undefined;

function emailOf(value: unknown): string | undefined {
  const email = textOf(value, 254)?.toLowerCase();
  return email && /^[^\s@]+@[^\s@]+\.[^\s@.]{2,}$/u.test(email) ? email : undefined;
}

function phoneOf(value: unknown): string | undefined {
  const phone = textOf(value, 40)?.replace(/[\s().-]/gu, "");
  return phone && /^\+[1-9]\d{6,14}$/u.test(phone) ? phone : undefined;
}

function userOf(payload: JWTPayload, now: Date): Checked {
  const id = typeof payload.sub === "string" ? payload.sub.trim() : String(payload.sub ?? "");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly those have no place in a name
  if (id === "" || Buffer.byteLength(id) > maxIdBytes || /[\u0000-\u001f\u007f]/u.test(id))
    return { ok: false, why: "subject" };
  const lastsSeconds = (payload.exp ?? 0) - now.getTime() / 1000;
  if (lastsSeconds > longestDays * 86_400 + skewSeconds) return { ok: false, why: "too_long_valid" };
  const [name, email, phone] = [textOf(payload.name, 100), emailOf(payload.email), phoneOf(payload.phone)];
  return { ok: true, user: { id, ...(name && { name }), ...(email && { email }), ...(phone && { phone }) } };
}

function faultOf(error: unknown): IdentityFault {
  if (error instanceof errors.JWTExpired) return "expired";
  if (error instanceof errors.JWSSignatureVerificationFailed) return "signature";
  if (error instanceof errors.JWTClaimValidationFailed)
    return error.claim === "nbf" || error.claim === "iat" ? "not_yet" : "malformed";
  return "malformed";
}

/**
 * Who the site says its user is: a JWT signed by HMAC-SHA256 with one of the channel's secrets (RFC 7519, `HS256` and nothing else),
 * with `sub` and `exp`, and `name`, `email`, `phone` as the site knows them.
 */
export async function checkIdentity(jwt: string, secrets: readonly string[], now: Date): Promise<Checked> {
  if (secrets.length === 0) return { ok: false, why: "no_secret" };
  let why: IdentityFault = "signature";
  for (const secret of secrets) {
    try {
      const { payload } = await jwtVerify(jwt, new TextEncoder().encode(secret), {
        algorithms: ["HS256"],
        requiredClaims: ["sub", "exp"],
        clockTolerance: skewSeconds,
        currentDate: now,
      });
      return userOf(payload, now);
    } catch (error) {
      why = faultOf(error);
      // Only a wrong signature may be right with the other secret.
      if (why !== "signature") break;
    }
  }
  return { ok: false, why };
}
