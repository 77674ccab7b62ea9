// The one file that names Node. A namespace import: a bundle for browsers that only loads this package is left without
// these functions instead of failing, and no secret belongs there. Pure halves (`signatureBase`, the parsers) run anywhere.
import * as crypto from "node:crypto";

type Key = crypto.KeyObject;
type HmacAlgorithm = "sha256";
type DigestAlgorithm = "sha1" | "sha256" | "sha512";

export const timingSafeEqual = (left: Uint8Array, right: Uint8Array): boolean =>
  crypto.timingSafeEqual(left, right);

export const digest = (algorithm: DigestAlgorithm, data: string | Uint8Array): Uint8Array =>
  crypto.hash(algorithm, data, "buffer");

export const hexDigest = (algorithm: DigestAlgorithm, data: string | Uint8Array): string =>
  crypto.hash(algorithm, data, "hex");

/** Parts one after another, without joining them first. */
export function hmac(
  algorithm: HmacAlgorithm,
  secret: Uint8Array,
  ...parts: (string | Uint8Array)[]
): Uint8Array {
  const mac = crypto.createHmac(algorithm, secret);
  for (const part of parts) mac.update(part);
  return mac.digest();
}

export const randomBytes = (size: number): Uint8Array => crypto.randomBytes(size);

// DER up to the 32 bytes of the key itself: RFC 8410.
const privatePrefix = Buffer.from("302e020100300506032b657004220420", "hex");
const publicPrefix = Buffer.from("302a300506032b6570032100", "hex");

const ed25519Bytes = 32;

function wrap(prefix: Uint8Array, key: Uint8Array): Buffer {
  if (key.length !== ed25519Bytes) throw new RangeError("An Ed25519 key has 32 bytes");
  return Buffer.concat([prefix, key]);
}

const privateKey = (seed: Uint8Array): Key =>
  crypto.createPrivateKey({ key: wrap(privatePrefix, seed), format: "der", type: "pkcs8" });

const publicKey = (bytes: Uint8Array): Key =>
  crypto.createPublicKey({ key: wrap(publicPrefix, bytes), format: "der", type: "spki" });

export const ed25519Sign = (seed: Uint8Array, data: Uint8Array): Uint8Array =>
  crypto.sign(null, data, privateKey(seed));

export const ed25519Verify = (key: Uint8Array, data: Uint8Array, signature: Uint8Array): boolean =>
  crypto.verify(null, data, publicKey(key), signature);

export function ed25519PublicKey(seed: Uint8Array): Uint8Array {
  const der = crypto.createPublicKey(privateKey(seed)).export({ format: "der", type: "spki" });
  return new Uint8Array(der.subarray(-ed25519Bytes));
}
