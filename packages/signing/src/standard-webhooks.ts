import { fromBase64, toBase64 } from "./base64.ts";
import { equalDigests } from "./constant-time.ts";
import { hmac, randomBytes } from "./platform.ts";

// Standard Webhooks 1.0.0: https://www.standardwebhooks.com
const prefix = "whsec_";
const leastSecretBytes = 24;
const mostSecretBytes = 64;
const mintedBytes = 32;
const mostSignatures = 20;

/** One attempt: `timestamp` is its own, in seconds of the Unix clock, and `id` the event's, the same for all attempts. */
export type WebhookMessage = { id: string; timestamp: number; body: string | Uint8Array };

export type WebhookHeaders = {
  "webhook-id": string;
  "webhook-timestamp": string;
  "webhook-signature": string;
};

export type WebhookVerdict =
  | { ok: true }
  | { ok: false; reason: "malformed" | "too_old" | "from_the_future" | "wrong_signature" };

/** A new secret: `whsec_` and 32 random bytes in Base64. */
export function mintWebhookSecret(random: (size: number) => Uint8Array = randomBytes): string {
  return prefix + toBase64(random(mintedBytes));
}

function secretBytes(secret: string): Uint8Array {
  const encoded = secret.startsWith(prefix) ? secret.slice(prefix.length) : secret;
  // Some senders leave the padding out of what they show.
  const bytes = fromBase64(encoded.padEnd(Math.ceil(encoded.length / 4) * 4, "="));
  if (!bytes || bytes.length < leastSecretBytes || bytes.length > mostSecretBytes)
    throw new RangeError("A webhook's secret is whsec_ and 24 to 64 bytes in Base64");
  return bytes;
}

const signatureOf = (secret: string, { id, timestamp, body }: WebhookMessage) =>
  `v1,${toBase64(hmac("sha256", secretBytes(secret), `${id}.${timestamp}.`, body))}`;

/**
 * The value of `webhook-signature`: one `v1,…` for each secret, so that a receiver who knows either of two during a rotation
 * verifies. The first secret is the newest.
 * @throws RangeError for an id with a dot or outside ASCII, a timestamp that is no whole number, a secret of a wrong form
 */
export function signWebhook(secrets: readonly string[], message: WebhookMessage): string {
  // A dot in the id would let one signed text be read as two different messages.
  if (!/^[\w-]+$/u.test(message.id)) throw new RangeError("A webhook's id is letters, digits, _ and -");
  if (!Number.isSafeInteger(message.timestamp) || message.timestamp < 0)
    throw new RangeError("A webhook's timestamp is in whole seconds");
  if (secrets.length === 0) throw new RangeError("A webhook is signed by at least one secret");
  return secrets.map((secret) => signatureOf(secret, message)).join(" ");
}

/** The three headers of one attempt. */
export function webhookHeaders(secrets: readonly string[], message: WebhookMessage): WebhookHeaders {
  return {
    "webhook-id": message.id,
    "webhook-timestamp": String(message.timestamp),
    "webhook-signature": signWebhook(secrets, message),
  };
}

function ageVerdict(
  timestamp: number,
  now: Date,
  tolerance: number,
): "too_old" | "from_the_future" | undefined {
  const age = now.getTime() / 1000 - timestamp;
  if (age > tolerance) return "too_old";
  return age < -tolerance ? "from_the_future" : undefined;
}

/**
 * Whether a received webhook is genuine and fresh. `body` is what arrived, byte for byte: never a text parsed and written again.
 * `toleranceSeconds` is how far the sender's clock may be from `now`, either way.
 */
export function verifyWebhook(
  secrets: readonly string[],
  received: { headers: Readonly<Record<string, string | string[] | undefined>>; body: string | Uint8Array },
  { now, toleranceSeconds = 300 }: { now: Date; toleranceSeconds?: number },
): WebhookVerdict {
  const id = received.headers["webhook-id"];
  const sent = received.headers["webhook-timestamp"];
  const signatures = received.headers["webhook-signature"];
  if (typeof id !== "string" || typeof sent !== "string" || typeof signatures !== "string")
    return { ok: false, reason: "malformed" };
  if (id === "" || id.includes(".") || !/^\d{1,12}$/u.test(sent)) return { ok: false, reason: "malformed" };
  const timestamp = Number(sent);
  const given = signatures.split(" ").slice(0, mostSignatures);
  const expected = secrets.map((secret) => signatureOf(secret, { id, timestamp, body: received.body }));
  const matches = given.flatMap((one) => expected.map((right) => equalDigests(right, one)));
  if (!matches.includes(true)) return { ok: false, reason: "wrong_signature" };
  const wrongAge = ageVerdict(timestamp, now, toleranceSeconds);
  return wrongAge ? { ok: false, reason: wrongAge } : { ok: true };
}
