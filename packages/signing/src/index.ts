export { type AmountForm, type AmountSpelling, amountSpellings } from "./amount-spellings.ts";
export { type CompatVerdict, compatSignature, verifyCompat } from "./compat.ts";
export { equalDigests } from "./constant-time.ts";
export {
  checkContentDigest,
  contentDigest,
  type DigestAlgorithm,
  type DigestVerdict,
} from "./content-digest.ts";
export {
  type HttpSigningKey,
  type HttpVerifyingKey,
  mintEd25519Keys,
  type ReceivedSignature,
  readSignatures,
  type SignatureHeaders,
  type SignatureParameters,
  type SignatureRefusal,
  type SignatureVerdict,
  signRequest,
  verifySignature,
} from "./http-signatures.ts";
export { type BaseResult, type SignedRequest, signatureBase } from "./signature-base.ts";
export {
  mintWebhookSecret,
  signWebhook,
  verifyWebhook,
  type WebhookHeaders,
  type WebhookMessage,
  type WebhookVerdict,
  webhookHeaders,
} from "./standard-webhooks.ts";
export { parseString } from "./structured-fields.ts";
