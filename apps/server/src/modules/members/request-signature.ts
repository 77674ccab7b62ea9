import { createHash } from "node:crypto";
import { signatureWindowSeconds, toPublicId } from "@okno/contract";
import { refuse } from "@okno/kit";
import {
  type HttpVerifyingKey,
  type ReceivedSignature,
  readSignatures,
  type SignatureVerdict,
  type SignedRequest,
  signatureBase,
  verifySignature,
} from "@okno/signing";
import type { FastifyRequest } from "fastify";
import type { Clock } from "../../platform/clock.ts";
import { type Database, type Queryable, statement } from "../../platform/database.ts";
import type { RequestSignature } from "../../platform/http/binding.ts";
import { bytesOf } from "../../platform/http/json-body.ts";
import type { Principal } from "../../platform/http/principal.ts";
import { findVerifyingKey, signingSealer } from "./key-signing.ts";

// A nonce is kept for as long as a signature that carries it could be young enough: the window on both sides of our clock.
const insertNonce = statement(
  "keys.insert_nonce",
  `insert into request_nonces (workspace_id, key_id, nonce_digest, at) values ($1, $2, $3, $4)
   on conflict do nothing returning 1`,
);
const forgetNonces = statement("keys.forget_nonces", "delete from request_nonces where at < $1");

export const nonceMinutes = (2 * signatureWindowSeconds) / 60;

/** Nonces that no signature can carry any more. */
export async function forgetOldNonces(db: Queryable, now: Date): Promise<void> {
  await db.query(forgetNonces, [new Date(now.getTime() - (nonceMinutes + 1) * 60_000)]);
}

export type SignatureDeps = {
  db: Database;
  clock: Clock;
  secretKey: string;
  publicUrl: string | undefined;
};

/** What must be signed of this request. */
function requiredComponents(req: FastifyRequest, body: Buffer): string[] {
  return [
    "@method",
    "@target-uri",
    ...(body.length > 0 ? ["content-digest"] : []),
    ...(req.headers["idempotency-key"] === undefined ? [] : ["idempotency-key"]),
  ];
}

/** Credentials may be signed, but are never shown. */
const secretLine = /^("(?:authorization|cookie|proxy-authorization|x-api-key)"): .*$/gimu;

function shownBase(request: SignedRequest, received: ReceivedSignature): string | undefined {
  const made = signatureBase(request, received.covered);
  if (!made.ok) return undefined;
  return made.base.replace(secretLine, "$1: …").slice(0, 4000);
}

function invalid(reason: string, more: Record<string, unknown> = {}) {
  return refuse("signature_invalid", { reason, ...more });
}

/** The addresses this request may have been signed for: as it came, and behind a proxy the public one. */
function targetsOf(req: FastifyRequest, publicUrl: string | undefined): string[] {
  const origins = [publicUrl && new URL(publicUrl).origin, `${req.protocol}://${req.host}`];
  return [...new Set(origins.filter((origin) => origin !== undefined))].map(
    (origin) => `${origin}${req.url}`,
  );
}

function chosen(req: FastifyRequest, keyId: string): ReceivedSignature {
  const received = readSignatures({ headers: req.headers });
  if (!received) throw invalid("malformed");
  const own = toPublicId("key", keyId);
  const one = received.find(({ parameters: { keyid } }) => keyid === undefined || keyid === own);
  if (!one) throw invalid("other_key", { keyid: own });
  return one;
}

/** The bytes a signature covers. Those of an upload pass by unread: no signature of them could be held against anything. */
function bodyOf(req: FastifyRequest): Buffer {
  const bytes = bytesOf(req);
  if (bytes) return bytes;
  const { "content-length": length = "0", "transfer-encoding": coding } = req.headers;
  if (Number(length) > 0 || coding !== undefined) throw invalid("body_not_signable");
  return Buffer.alloc(0);
}

type Judged = { verdict: SignatureVerdict; request: SignedRequest };

function judge(
  candidates: readonly SignedRequest[],
  received: ReceivedSignature,
  options: { key: HttpVerifyingKey; now: Date; required: readonly string[] },
): Judged {
  let last: Judged | undefined;
  for (const request of candidates) {
    const verdict = verifySignature(request, received, { ...options, windowSeconds: signatureWindowSeconds });
    last = { verdict, request };
    if (verdict.ok || verdict.reason !== "wrong_signature") return last;
  }
  if (!last) throw new Error("a request has an address");
  return last;
}

/**
 * Reads the signature of a call by RFC 9421. Whoever must sign and has not is refused; a signature that is there must hold.
 * @throws signature_required, signature_invalid
 */
export function createSignatureCheck({ db, clock, secretKey, publicUrl }: SignatureDeps) {
  const sealer = signingSealer(secretKey);

  /** A nonce is taken in its own transaction: also what is refused afterwards has used it up. */
  async function takeNonce(
    { workspaceId, keyId }: { workspaceId: string; keyId: string },
    nonce: string,
  ): Promise<void> {
    const digest = createHash("sha256").update(nonce).digest();
    const taken = await db.in(workspaceId).query(insertNonce, [workspaceId, keyId, digest, clock.now()]);
    if (taken.length === 0) throw invalid("nonce_used");
  }

  /** The base that was verified. @throws signature_invalid */
  async function verified(
    req: FastifyRequest,
    { workspaceId, id: keyId }: Principal,
  ): Promise<RequestSignature> {
    const key = await findVerifyingKey(db.in(workspaceId), sealer, { workspaceId, keyId });
    if (!key) throw invalid("key_does_not_sign");
    const body = bodyOf(req);
    const received = chosen(req, keyId);
    const { method, headers } = req;
    const candidates = targetsOf(req, publicUrl).map((url) => ({ method, url, headers, body }));
    const options = { key, now: clock.now(), required: requiredComponents(req, body) };
    const { verdict, request } = judge(candidates, received, options);
    const base = shownBase(request, received);
    if (!verdict.ok) {
      const { reason, component } = verdict;
      throw invalid(reason, { component, signatureBase: base });
    }
    const { nonce = "" } = received.parameters;
    if (nonce === "" || nonce.length > 200) throw invalid("nonce_missing");
    await takeNonce({ workspaceId, keyId }, nonce);
    const baseDigest = createHash("sha256").update(`${base}`).digest("hex");
    return { algorithm: key.algorithm, baseDigest };
  }

  return async (req: FastifyRequest, principal: Principal): Promise<RequestSignature | undefined> => {
    if (principal.kind !== "key") return undefined;
    if (req.headers.signature !== undefined || req.headers["signature-input"] !== undefined)
      return verified(req, principal);
    if (!principal.mustSign) return undefined;
    const components = requiredComponents(req, bytesOf(req) ?? Buffer.alloc(0));
    throw refuse("signature_required", { components, parameters: ["created", "nonce"] });
  };
}
