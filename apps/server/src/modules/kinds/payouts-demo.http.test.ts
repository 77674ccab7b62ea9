import { afterAll, beforeAll, expect, test } from "vitest";
import { type NativeStage, startNativeStage } from "./fixtures/native-stage.ts";

let s: NativeStage;
beforeAll(async () => {
  s = await startNativeStage();
  const { app, db, workspaceId, projectId } = s.t;
  for (const demo of app.core.kinds.demos)
    await db.transaction(workspaceId, (tx) => demo.furnish(tx, { projectId }));
});
afterAll(() => s.close());

test("the demo shows payouts in every state a person meets, and its jobs find nothing to do", async () => {
  const { json } = await s.ask("payoutDesks", "list");
  const desk = json.data.find(({ login }) => login === "demo");
  const listed = async () =>
    (await s.ask("payouts", "list", { query: { desk: String(desk?.id) } })).json.data.map(
      ({ status, attention }) => [status, attention].filter(Boolean).join(" "),
    );
  const shown = [
    "created",
    "cancelled",
    "processing provider_unknown",
    "failed failed",
    "paid",
    "paid",
    "paid",
  ];
  expect(await listed()).toEqual(shown);
  await s.expectWhole();
  s.startWork();
  await expect
    .poll(() =>
      s.t.db.background.query({
        name: "test.left",
        text: "select 1 from jobs where name = 'payout.process'",
      }),
    )
    .toEqual([]);
  await s.stopWork();
  expect(await listed()).toEqual(shown);
  expect((await s.t.client.tickets.list({ query: { kind: "payout", phase: "open" } })).data).toHaveLength(2);
});
