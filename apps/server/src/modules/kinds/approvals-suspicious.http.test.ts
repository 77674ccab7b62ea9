import { afterAll, beforeAll, expect, test } from "vitest";
import { type CompatStage, type Merchant, sha1, startCompatStage } from "./fixtures/compat-stage.ts";

let s: CompatStage;
let merchant: Merchant;
beforeAll(async () => {
  s = await startCompatStage();
  merchant = await s.merchant();
  await s.fund(merchant, "TEST", "100000");
});
afterAll(async () => {
  await s.ledgerIsWhole();
  await s.close();
});

const stolen = (id: unknown, more: object = {}) =>
  s.call({ ...merchant, secret: "not the secret" }, "v2", "payoff/submit", {
    id,
    signature: sha1(String(id), merchant.salt),
    ...more,
  });
const state = async (id: unknown) => {
  const { status, attention } = await s.row(id);
  return [status, attention];
};

test("a right signature with a wrong secret changes nothing at once; the merchant's own confirmation then waits for a person", async () => {
  const { id } = await s.create(merchant, "v2");
  expect((await stolen(id)).json).toMatchObject({ error: true });
  expect((await stolen(id)).json).toMatchObject({ error: true });
  expect(await state(id)).toEqual(["created", "signature_reused"]);
  expect((await s.submit(merchant, "v2", id)).json).toMatchObject({ error: false, state: "created" });
  expect(await state(id)).toEqual(["approving", "signature_reused"]);
  const events = await s.query<{ type: string }>(
    "select type from ticket_events where type = 'payout.suspected'",
  );
  expect(events).toHaveLength(1);
  expect((await s.submit(merchant, "v2", id)).json).toMatchObject({ error: true });
});

test("a wrong signature, or one of another payout, makes nothing suspicious", async () => {
  const { id } = await s.create(merchant, "v2");
  await stolen(id, { signature: sha1("other", merchant.salt) });
  await stolen(id, { signature: "" });
  expect(await state(id)).toEqual(["created", null]);
  expect((await s.submit(merchant, "v2", id)).json).toMatchObject({ error: false, state: "processing" });
});
