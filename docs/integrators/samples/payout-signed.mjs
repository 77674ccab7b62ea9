// A signed call: RFC 9421 with HMAC-SHA256. OKNO_SIGNING_SECRET is the secret in base64.
import { createHash, createHmac, randomUUID } from "node:crypto";

const { OKNO_URL, OKNO_KEY, OKNO_DESK, OKNO_SIGNING_SECRET } = process.env;
const url = `${OKNO_URL}/v1/payouts`;
const body = JSON.stringify({
  desk: OKNO_DESK,
  method: "SBP",
  amount: "1000",
  subtractFrom: "balance",
  destination: "+79000000000",
});
const key = `"${randomUUID()}"`;
const digest = `sha-256=:${createHash("sha256").update(body).digest("base64")}:`;
const covered = '("@method" "@target-uri" "content-digest" "idempotency-key")';
const params = `${covered};created=${Math.floor(Date.now() / 1000)};nonce="${randomUUID()}"`;

const base = [
  '"@method": POST',
  `"@target-uri": ${url}`,
  `"content-digest": ${digest}`,
  `"idempotency-key": ${key}`,
  `"@signature-params": ${params}`,
].join("\n");
const secret = Buffer.from(OKNO_SIGNING_SECRET, "base64");
const signature = createHmac("sha256", secret).update(base).digest("base64");

const response = await fetch(url, {
  method: "POST",
  headers: {
    authorization: `Bearer ${OKNO_KEY}`,
    "content-type": "application/json",
    "idempotency-key": key,
    "content-digest": digest,
    "signature-input": `sig1=${params}`,
    signature: `sig1=:${signature}:`,
  },
  body,
});
console.log(await response.text());
