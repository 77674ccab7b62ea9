import type { HttpSigningKey } from "@okno/signing";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { statement } from "../../platform/database.ts";
import { codeOf, startTestApp, type TestApp } from "../../testing/index.ts";
import {
  createSigner,
  type Signer,
  type Signing,
  send as sendWire,
  signed as signedWire,
  type Wire,
} from "../../testing/signed.ts";
import { forgetOldNonces } from "./request-signature.ts";

// Requests signed by RFC 9421, as an option of each key.

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

const signer = (algorithm: HttpSigningKey["algorithm"], required = true) =>
  createSigner(t, ["tickets:read", "tickets:write", "members:write"], { algorithm, required });

let hmac: Signer;
beforeEach(async () => {
  hmac = await signer("hmac-sha256");
});

const seconds = () => Math.floor(t.clock.now().getTime() / 1000);
const signed = (by: Signer, asked: Parameters<typeof signedWire>[2], signing?: Signing) =>
  signedWire(t, by, asked, signing);
const send = (wire: Wire) => sendWire(t, wire);

const reasonOf = async (wire: Wire) => {
  const { status, code, details } = await send(wire);
  return status < 300 ? "accepted" : code === "signature_invalid" ? details?.reason : code;
};

const ticket = { subject: "Вопрос", body: "Где?" };

test.each(["hmac-sha256", "ed25519"] as const)(
  "[PO-13] a request signed by %s is taken",
  async (algorithm) => {
    const own = await signer(algorithm);
    expect(await send(signed(own, { body: ticket }))).toMatchObject({ status: 201 });
    expect(await send(signed(own, { method: "GET", path: "/v1/tickets?limit=1" }))).toMatchObject({
      status: 200,
    });
  },
);

test("[PO-13] a key that must sign is refused without a signature, and told what to sign", async () => {
  const { authorization } = signed(hmac, {}).headers;
  const headers = {
    authorization: authorization ?? "",
    "content-type": "application/json",
    "idempotency-key": "k",
  };
  const answer = await send({ method: "POST", path: "/v1/tickets", body: JSON.stringify(ticket), headers });
  expect(answer).toMatchObject({ status: 401, code: "signature_required" });
  expect(answer.details?.components).toEqual(["@method", "@target-uri", "content-digest", "idempotency-key"]);
});

test("where signing is no duty, unsigned requests pass and wrong signatures do not", async () => {
  const own = await signer("ed25519", false);
  expect(await codeOf(t.clientWith(own.bearer).tickets.list())).toBe("accepted");
  const wire = signed(own, { body: ticket });
  expect(await reasonOf({ ...wire, body: JSON.stringify({ ...ticket, body: "Иное" }) })).toBe("wrong_digest");
  expect(await reasonOf(signed(own, { body: ticket }))).toBe("accepted");
});

test("[PO-13] a signature is too old or too early by more than five minutes either way", async () => {
  const at = (offset: number) =>
    reasonOf(signed(hmac, { body: ticket }, { parameters: { created: seconds() + offset } }));
  expect(await at(-299)).toBe("accepted");
  expect(await at(299)).toBe("accepted");
  expect(await at(-302)).toBe("too_old");
  expect(await at(302)).toBe("from_the_future");
  const expired = { created: seconds() - 10, expires: seconds() - 1 };
  expect(await reasonOf(signed(hmac, { body: ticket }, { parameters: expired }))).toBe("expired");
});

test("[PO-13] a signed request is good once: a replay is refused for as long as its signature is young", async () => {
  const wire = signed(hmac, { body: ticket }, { parameters: { created: seconds() + 290 } });
  expect(await reasonOf(wire)).toBe("accepted");
  expect(await reasonOf(wire)).toBe("nonce_used");
  t.clock.advance(580_000);
  await forgetOldNonces(t.db.background, t.clock.now());
  expect(await reasonOf(wire)).toBe("nonce_used");
  t.clock.advance(120_000);
  await forgetOldNonces(t.db.background, t.clock.now());
  expect(await reasonOf(wire)).toBe("too_old");
  const kept = await t.db.system.query(
    statement("test.nonces", "select 1 from request_nonces where at < now()"),
  );
  expect(kept).toEqual([]);
});

test("[PO-13] of twenty replays at once one is taken", async () => {
  const wire = signed(hmac, { body: ticket });
  const reasons = await Promise.all(Array.from({ length: 20 }, () => reasonOf(wire)));
  expect(reasons.filter((reason) => reason === "accepted")).toHaveLength(1);
  expect(new Set(reasons)).toEqual(new Set(["accepted", "nonce_used"]));
});

test("[PO-13] another method, address, body or idempotency key than was signed is refused", async () => {
  const wire = () => signed(hmac, { body: ticket });
  expect(await reasonOf({ ...wire(), path: "/v1/tickets?draft=1" })).toBe("wrong_signature");
  expect(await reasonOf({ ...wire(), body: JSON.stringify({ ...ticket, subject: "!" }) })).toBe(
    "wrong_digest",
  );
  const renamed = wire();
  expect(await reasonOf({ ...renamed, headers: { ...renamed.headers, "idempotency-key": "other" } })).toBe(
    "wrong_signature",
  );
  const got = signed(hmac, { method: "GET", path: "/v1/tickets" });
  expect(await reasonOf({ ...got, method: "DELETE", path: "/v1/tickets" })).toBe("method_not_allowed");
  expect(
    await reasonOf({
      ...got,
      method: "POST",
      body: "{}",
      headers: { ...got.headers, "content-type": "application/json" },
    }),
  ).toBe("component_missing");
});

test("what must be signed must be named: method, address, the body's digest, the idempotency key, a nonce", async () => {
  const all = ["@method", "@target-uri", "content-digest", "idempotency-key"];
  for (const left of all) {
    const components = all.filter((each) => each !== left);
    const answer = await send(signed(hmac, { body: ticket }, { components }));
    expect(answer.details).toMatchObject({ reason: "component_missing", component: left });
  }
  expect(await reasonOf(signed(hmac, { body: ticket }, { parameters: { nonce: "" } }))).toBe("nonce_missing");
});

test("another key's signature, another keyid and another algorithm are refused", async () => {
  const other = await signer("hmac-sha256");
  expect(await reasonOf(signed({ ...hmac, key: other.key }, { body: ticket }))).toBe("wrong_signature");
  expect(await reasonOf(signed(hmac, { body: ticket }, { parameters: { keyid: other.id } }))).toBe(
    "other_key",
  );
  expect(await reasonOf(signed(hmac, { body: ticket }, { parameters: { keyid: hmac.id } }))).toBe("accepted");
  // The public key, which is no secret, does not become the secret of an HMAC.
  const own = await signer("ed25519");
  const { publicKey } = (await t.client.keySigning.get({ params: { id: own.id } })).signing ?? {};
  const forged = { algorithm: "hmac-sha256", secret: Buffer.from(publicKey ?? "", "base64") } as const;
  expect(await reasonOf(signed({ ...own, key: forged }, { body: ticket }))).toBe("wrong_signature");
});

test("a refusal shows the text that was to be signed, without credentials; no secret is logged or stored plain", async () => {
  const wire = signed(
    hmac,
    { body: ticket },
    { components: ["@method", "@target-uri", "content-digest", "idempotency-key", "authorization"] },
  );
  const answer = await send({ ...wire, headers: { ...wire.headers, "idempotency-key": "other" } });
  const base = String(answer.details?.signatureBase);
  expect(base).toContain('"@method": POST\n');
  expect(base).toContain(`"@target-uri": ${t.url}/v1/tickets\n`);
  expect(base).toContain('"authorization": …');
  expect(JSON.stringify(answer)).not.toContain(hmac.bearer);
  const secret = hmac.key.algorithm === "hmac-sha256" ? Buffer.from(hmac.key.secret) : Buffer.alloc(0);
  expect(t.logs.join("\n")).not.toContain(secret.toString("base64"));
  const stored = await t.db.system.query<{ material: Buffer }>(
    statement("test.material", "select material from key_signing"),
  );
  for (const { material } of stored) expect(material.includes(secret)).toBe(false);
});

test("a key signs no more when it is told so, and only who manages keys may say it", async () => {
  const params = { id: hmac.id };
  await t.client.keySigning.remove({ params });
  expect((await t.client.keySigning.get({ params })).signing).toBeNull();
  expect(await codeOf(t.clientWith(hmac.bearer).tickets.list())).toBe("accepted");
  expect(await reasonOf(signed(hmac, { body: ticket }))).toBe("key_does_not_sign");
  expect(await codeOf(t.client.keySigning.remove({ params }))).toBe("not_found");
  const body = { algorithm: "ed25519", publicKey: "bm8=" } as const;
  expect(await codeOf(t.client.keySigning.put({ params, body }))).toBe("invalid_request");
  expect(await codeOf(t.client.keySigning.put({ params, body: { algorithm: "ed25519" } }))).toBe(
    "invalid_request",
  );
});
