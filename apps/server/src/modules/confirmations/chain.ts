import { createHash, randomBytes } from "node:crypto";
import { canonicalJson } from "@okno/kit";
import type { ActorRef } from "../journal/index.ts";

// The chain of one demand: hash = SHA-256(previous hash, confirmation, place, body). It begins at 32 zero bytes; the demand's row keeps
// its end, so that a link cut off from the end is missed as well.

export const chainStart = Buffer.alloc(32);

export type EvidenceKind =
  | "issued"
  | "delivered"
  | "opened"
  | "code_sent"
  | "answered"
  | "question"
  | "expired"
  | "revoked"
  | "superseded";

/** What is personal stands beside the chain; the chain holds its salted digest, so that it can be erased, but not exchanged. */
export type Personal = Record<string, string | boolean | null> & { salt: string };

export function personal(values: Record<string, string | boolean | null>): Personal {
  return { ...values, salt: randomBytes(16).toString("base64url") };
}

export const sha256 = (bytes: string | Buffer) => createHash("sha256").update(bytes).digest();

/** The SHA-256 of a value's canonical JSON. @throws TypeError for what JSON cannot say. */
export const hashOf = (value: unknown) => sha256(canonicalJson(value));

export type Fact = {
  kind: EvidenceKind;
  actor: ActorRef;
  at: Date;
  facts?: Record<string, unknown>;
  personal?: Personal | undefined;
};

/** A link's body: canonical JSON, kept letter by letter. */
export function bodyOf({ kind, actor, at, facts = {}, personal: beside }: Fact): string {
  return canonicalJson({
    kind,
    actor,
    at: at.toISOString(),
    facts,
    ...(beside && { personal: hashOf(beside).toString("hex") }),
  });
}

/** The hash of the next link as an expression; `of` has the columns id, links and head of the demand. */
export const nextHash = (of: string, body: string) =>
  `sha256(${of}.head || uuid_send(${of}.id) || int4send(${of}.links + 1) || convert_to(${body}, 'UTF8'))`;

/** The same outside the database. */
export function linkHash(previous: Buffer, confirmationId: string, seq: number, body: string): Buffer {
  const place = Buffer.alloc(4);
  place.writeInt32BE(seq);
  const id = Buffer.from(confirmationId.replaceAll("-", ""), "hex");
  return sha256(Buffer.concat([previous, id, place, Buffer.from(body)]));
}
