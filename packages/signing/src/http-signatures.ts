import { equalDigests } from "./constant-time.ts";
import { checkContentDigest } from "./content-digest.ts";
import { ed25519PublicKey, ed25519Sign, ed25519Verify, hmac, randomBytes } from "./platform.ts";
import { type BaseResult, type SignedRequest, signatureBase } from "./signature-base.ts";
import {
  type BareItem,
  type InnerList,
  type Member,
  parseDictionary,
  serializeBareItem,
  serializeInnerList,
} from "./structured-fields.ts";

// RFC 9421 with the two algorithms an integrator has at hand everywhere.

/** `privateKey` and `publicKey` are the 32 bytes of RFC 8032, without any wrapping. */
export type HttpSigningKey =
  | { algorithm: "hmac-sha256"; secret: Uint8Array }
  | { algorithm: "ed25519"; privateKey: Uint8Array };

export type HttpVerifyingKey =
  | { algorithm: "hmac-sha256"; secret: Uint8Array }
  | { algorithm: "ed25519"; publicKey: Uint8Array };

/** Times in seconds of the Unix clock. */
export type SignatureParameters = {
  created?: number;
  expires?: number;
  nonce?: string;
  keyid?: string;
  alg?: string;
  tag?: string;
};

export type SignatureHeaders = { "signature-input": string; signature: string };

/** A signature as received, not yet believed. */
export type ReceivedSignature = {
  label: string;
  components: string[];
  parameters: SignatureParameters;
  covered: InnerList;
  signature: Uint8Array;
};

export type SignatureRefusal =
  | "wrong_algorithm"
  | "created_missing"
  | "from_the_future"
  | "too_old"
  | "expired"
  | "component_missing"
  | Extract<BaseResult, { ok: false }>["reason"]
  | "wrong_digest"
  | "wrong_signature";

export type SignatureVerdict =
  | { ok: true; components: string[]; parameters: SignatureParameters }
  | { ok: false; reason: SignatureRefusal; component?: string };

const parameterOrder = ["created", "expires", "nonce", "alg", "keyid", "tag"] as const;
const encode = (text: string) => new TextEncoder().encode(text);

/** A pair of fresh keys. */
export function mintEd25519Keys(random: (size: number) => Uint8Array = randomBytes): {
  privateKey: Uint8Array;
  publicKey: Uint8Array;
} {
  const privateKey = random(32);
  return { privateKey, publicKey: ed25519PublicKey(privateKey) };
}

const sign = (key: HttpSigningKey, base: Uint8Array) =>
  key.algorithm === "ed25519" ? ed25519Sign(key.privateKey, base) : hmac("sha256", key.secret, base);

const isGenuine = (key: HttpVerifyingKey, base: Uint8Array, signature: Uint8Array) =>
  key.algorithm === "ed25519"
    ? ed25519Verify(key.publicKey, base, signature)
    : equalDigests(hmac("sha256", key.secret, base), signature);

/**
 * The two headers that sign a request's named components. A body is signed by its digest: make the header `content-digest` first
 * (`contentDigest`) and name it.
 * @throws RangeError if a component is absent, unsupported or unsafe, or a parameter is outside printable ASCII
 */
export function signRequest(
  request: SignedRequest,
  {
    components,
    parameters,
    key,
    label = "sig1",
  }: { components: readonly string[]; parameters: SignatureParameters; key: HttpSigningKey; label?: string },
): SignatureHeaders {
  const given = parameterOrder.flatMap((name) => {
    const value = parameters[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const covered: InnerList = {
    items: components.map((value) => ({ value, parameters: [] })),
    parameters: given,
  };
  const result = signatureBase(request, covered);
  if (!result.ok) throw new RangeError(`${result.component}: ${result.reason}`);
  return {
    "signature-input": `${label}=${serializeInnerList(covered)}`,
    signature: `${label}=${serializeBareItem(sign(key, encode(result.base)))}`,
  };
}

const numeric = new Set(["created", "expires"]);

function readParameter(name: string, value: BareItem): boolean {
  return typeof value === (numeric.has(name) ? "number" : "string");
}

function readReceived(label: string, input: Member, signature: Member): ReceivedSignature | undefined {
  if (!("items" in input) || !("value" in signature) || !(signature.value instanceof Uint8Array))
    return undefined;
  const components = input.items.map(({ value }) => value);
  if (!components.every((value) => typeof value === "string")) return undefined;
  if (new Set(components).size !== components.length) return undefined;
  const known = input.parameters.filter(([name]) => parameterOrder.some((other) => other === name));
  if (!known.every(([name, value]) => readParameter(name, value))) return undefined;
  const parameters: SignatureParameters = Object.fromEntries(known);
  return { label, components, parameters, covered: input, signature: signature.value };
}

const fieldText = (request: Pick<SignedRequest, "headers">, name: string): string => {
  const value = request.headers[name] ?? "";
  return typeof value === "string" ? value : value.join(", ");
};

/**
 * The signatures a request carries, by `keyid` or `tag` the caller chooses one and finds its key. Undefined if there are none, if
 * one is malformed, covers a component twice, or lacks its other half. Names of headers are in lower case.
 */
export function readSignatures(request: Pick<SignedRequest, "headers">): ReceivedSignature[] | undefined {
  const inputs = parseDictionary(fieldText(request, "signature-input"));
  const signatures = parseDictionary(fieldText(request, "signature"));
  if (!inputs || !signatures || inputs.size !== signatures.size) return undefined;
  const received = [...inputs].map(([label, input]) => {
    const signature = signatures.get(label);
    return signature && readReceived(label, input, signature);
  });
  const complete = received.filter((one) => one !== undefined);
  return complete.length === received.length ? complete : undefined;
}

function timeRefusal(
  { created, expires }: SignatureParameters,
  now: Date,
  windowSeconds: number,
): SignatureRefusal | undefined {
  const seconds = now.getTime() / 1000;
  if (created === undefined) return "created_missing";
  if (created - seconds > windowSeconds) return "from_the_future";
  if (seconds - created > windowSeconds) return "too_old";
  return expires !== undefined && seconds >= expires ? "expired" : undefined;
}

/**
 * Whether one of `readSignatures` is genuine, fresh, and covers at least the required components. Where `content-digest` is covered the
 * body is held against it: requiring it makes the signature one of the body too. Only then is anything it covers to be believed.
 * A nonce is for the caller to remember: for `windowSeconds` after `created`.
 */
export function verifySignature(
  request: SignedRequest,
  received: ReceivedSignature,
  {
    key,
    now,
    required,
    windowSeconds = 300,
  }: { key: HttpVerifyingKey; now: Date; required: readonly string[]; windowSeconds?: number },
): SignatureVerdict {
  const { components, parameters, covered, signature } = received;
  // The key says which algorithm, never the request alone: a public key must not become the secret of an HMAC.
  if (parameters.alg !== undefined && parameters.alg !== key.algorithm)
    return { ok: false, reason: "wrong_algorithm" };
  const missing = required.find((component) => !components.includes(component));
  if (missing !== undefined) return { ok: false, reason: "component_missing", component: missing };
  const result = signatureBase(request, covered);
  if (!result.ok) return result;
  if (!isGenuine(key, encode(result.base), signature)) return { ok: false, reason: "wrong_signature" };
  const untimely = timeRefusal(parameters, now, windowSeconds);
  if (untimely) return { ok: false, reason: untimely };
  if (components.includes("content-digest")) {
    const digest = checkContentDigest(fieldText(request, "content-digest"), request.body);
    if (!digest.ok) return { ok: false, reason: "wrong_digest" };
  }
  return { ok: true, components, parameters };
}
