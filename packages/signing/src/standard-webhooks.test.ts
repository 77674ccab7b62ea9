import { expect, test } from "vitest";
import { mintWebhookSecret, signWebhook, verifyWebhook, webhookHeaders } from "./standard-webhooks.ts";

// The vector of the Standard Webhooks specification.
const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const message = { id: "msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp: 1614265330, body: '{"test": 2432232314}' };
const signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
const now = new Date(message.timestamp * 1000);
const received = { headers: webhookHeaders([secret], message), body: message.body };

test("the specification's vector is signed and verified, as text and as bytes", () => {
  expect(signWebhook([secret], message)).toBe(signature);
  expect(signWebhook([secret], { ...message, body: new TextEncoder().encode(message.body) })).toBe(signature);
  expect(verifyWebhook([secret], received, { now })).toEqual({ ok: true });
});

test("during a rotation a receiver who knows either secret verifies, one who knows neither does not", () => {
  const newer = mintWebhookSecret();
  const headers = webhookHeaders([newer, secret], message);
  expect(headers["webhook-signature"].split(" ")).toHaveLength(2);
  for (const known of [newer, secret])
    expect(verifyWebhook([known], { ...received, headers }, { now })).toEqual({ ok: true });
  expect(verifyWebhook([mintWebhookSecret()], { ...received, headers }, { now })).toEqual({
    ok: false,
    reason: "wrong_signature",
  });
});

test.each([
  ["another body", { body: '{"test":2432232314}' }],
  ["another id", { headers: { ...received.headers, "webhook-id": "msg_other" } }],
  ["another time", { headers: { ...received.headers, "webhook-timestamp": String(message.timestamp + 1) } }],
  [
    "an asymmetric version",
    { headers: { ...received.headers, "webhook-signature": signature.replace("v1", "v1a") } },
  ],
  [
    "a signature cut short",
    { headers: { ...received.headers, "webhook-signature": signature.slice(0, -2) } },
  ],
  ["no signature", { headers: { ...received.headers, "webhook-signature": "" } }],
])("%s is a wrong signature", (_, change) => {
  expect(verifyWebhook([secret], { ...received, ...change }, { now })).toEqual({
    ok: false,
    reason: "wrong_signature",
  });
});

test.each([
  ["webhook-id", undefined],
  ["webhook-id", "msg.dotted"],
  ["webhook-timestamp", "1614265330.5"],
  ["webhook-timestamp", "-1"],
  ["webhook-timestamp", "now"],
  ["webhook-signature", undefined],
])("a wrong %s (%s) is malformed", (name, value) => {
  const headers = { ...received.headers, [name]: value };
  expect(verifyWebhook([secret], { ...received, headers }, { now })).toEqual({
    ok: false,
    reason: "malformed",
  });
});

test("an attempt five minutes old or from the future still verifies, a second more does not", () => {
  const at = (seconds: number) => ({ now: new Date(now.getTime() + seconds * 1000) });
  expect(verifyWebhook([secret], received, at(300))).toEqual({ ok: true });
  expect(verifyWebhook([secret], received, at(-300))).toEqual({ ok: true });
  expect(verifyWebhook([secret], received, at(301))).toEqual({ ok: false, reason: "too_old" });
  expect(verifyWebhook([secret], received, at(-301))).toEqual({ ok: false, reason: "from_the_future" });
});

test("a minted secret is whsec_ and 32 bytes, another each time", () => {
  expect(Buffer.from(mintWebhookSecret().replace("whsec_", ""), "base64")).toHaveLength(32);
  expect(mintWebhookSecret()).not.toBe(mintWebhookSecret());
  expect(mintWebhookSecret((size) => new Uint8Array(size))).toBe(`whsec_${"A".repeat(43)}=`);
});

test("a message that could be read as another, a weak secret, no secret are refused before signing", () => {
  expect(() => signWebhook([secret], { ...message, id: "msg.1" })).toThrow(RangeError);
  expect(() => signWebhook([secret], { ...message, timestamp: 1.5 })).toThrow(RangeError);
  expect(() => signWebhook(["whsec_c2hvcnQ="], message)).toThrow(RangeError);
  expect(() => signWebhook(["whsec_не base64"], message)).toThrow(RangeError);
  expect(() => signWebhook([], message)).toThrow(RangeError);
});
