import { createHmac, timingSafeEqual } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import { newSecret } from "../../platform/ids.ts";
import { isSecure } from "./session-cookie.ts";

/** How long a browser stays known after a sign-in. */
const deviceDays = 400;

const mac = (secret: string, text: string) =>
  createHmac("sha256", secret).update(`device ${text}`).digest("base64url");

// One a person: the computers of a contact centre are shared.
const cookieName = (secret: string, email: string) =>
  `okno_device_${mac(secret, `name ${email}`).slice(0, 12)}`;

/**
 * The nonce of a browser in which this person has signed in before (OWASP "device cookies"): its failures are counted apart, so that
 * nobody else's failures can keep the owner out.
 */
export function knownDevice(req: FastifyRequest, secret: string, email: string): string | undefined {
  const [nonce, signature] = (req.cookies[cookieName(secret, email)] ?? "").split(".");
  if (!nonce || !signature) return undefined;
  const given = Buffer.from(signature);
  const right = Buffer.from(mac(secret, `${nonce} ${email}`));
  return given.length === right.length && timingSafeEqual(given, right) ? nonce : undefined;
}

/** Makes this browser known to this person's account; a new nonce after every sign-in. */
export function rememberDevice(
  { req, reply }: { req: FastifyRequest; reply: FastifyReply },
  {
    secret,
    email,
    now,
    publicUrl,
  }: { secret: string; email: string; now: Date; publicUrl: string | undefined },
): void {
  const nonce = newSecret();
  void reply.setCookie(cookieName(secret, email), `${nonce}.${mac(secret, `${nonce} ${email}`)}`, {
    path: "/v1/session",
    httpOnly: true,
    sameSite: "lax",
    secure: isSecure(req, publicUrl),
    expires: new Date(now.getTime() + deviceDays * 86_400_000),
  });
}
