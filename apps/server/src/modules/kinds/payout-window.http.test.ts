import { afterAll, beforeAll, expect, test } from "vitest";
import { payoutConsoleRoutes } from "../../../../../kinds/payout/contract-console.ts";
import { call, type Input } from "../../testing/calls.ts";
import { admin, type NativeStage, startNativeStage } from "./fixtures/native-stage.ts";

// What people in the window read beside the interface for programs.

let s: NativeStage;
beforeAll(async () => {
  s = await startNativeStage();
  s.startWork();
});
afterAll(() => s.close());

async function ask(name: keyof typeof payoutConsoleRoutes, input: Input) {
  const answer = await call({ t: s.t }, payoutConsoleRoutes[name] as never, admin, input);
  return answer as { status: number; json: Record<string, unknown> & { data: Record<string, unknown>[] } };
}

const paid = async (more: object = {}) => {
  const { id } = await s.created(more);
  await s.confirm(id);
  return id;
};

test("a payout says what became of others to its receiver, and counts neither itself nor other receivers", async () => {
  const destination = "Продавец один";
  const first = await paid({ destination });
  await s.until(first, "paid");
  await s.until(await paid({ destination: "Продавец два" }), "paid");
  const { id: left } = await s.created({ destination });
  await s.cancel(left);
  const { id: open } = await s.created({ destination });
  const { json } = await ask("background", { params: { id: open } });
  expect(json).toMatchObject({ paidBefore: 1, notPaidBefore: 1, openBeside: 0 });
  expect(json.lastPaidAt).toEqual(expect.any(String));
  expect((await ask("background", { params: { id: first } })).json).toMatchObject({
    paidBefore: 0,
    openBeside: 1,
    lastPaidAt: null,
  });
});

test("payouts are listed by the time they were created in, and a statement comes out to the last unit: before + in − out = after", async () => {
  const desk = await s.makeDesk({}, { funds: "1000" });
  const early = await s.created({ desk, amount: "100" });
  s.t.clock.advance(60_000);
  const from = s.t.clock.now().toISOString();
  const kept = await s.created({ desk, amount: "70.01" });
  const { id: back } = await s.created({ desk, amount: "0.02" });
  await s.cancel(back);
  s.t.clock.advance(60_000);
  const to = s.t.clock.now().toISOString();
  await s.created({ desk, amount: "5" });
  const within = await s.ask("payouts", "list", { query: { desk, from, to } });
  expect(within.json.data.map(({ id }) => id)).toEqual([back, kept.id]);
  const narrowed = await s.ask("payouts", "list", { query: { desk, status: "created", to: from } });
  expect(narrowed.json.data.map(({ id }) => id)).toEqual([early.id]);
  const statement = await s.ask("payoutDesks", "statement", {
    params: { id: desk },
    query: { method: "TEST", from, to },
  });
  expect(statement.json).toMatchObject({
    opening: "900",
    incoming: "0.02",
    outgoing: "70.03",
    closing: "829.99",
  });
});

test("a statement on paper is a PDF file with its typeface inside, for whoever may see funds", async () => {
  const url = `${s.t.url}/v1/payout-desks/${s.desk}/statement.pdf?method=TEST&lang=ru`;
  const res = await fetch(url, { headers: admin });
  expect(res.status).toBe(200);
  expect(res.headers.get("content-type")).toBe("application/pdf");
  expect(res.headers.get("content-disposition")).toMatch(/^attachment; .*statement-desk\d+-TEST\.pdf/u);
  const bytes = Buffer.from(await res.arrayBuffer());
  expect(bytes.subarray(0, 5).toString()).toBe("%PDF-");
  expect(bytes.includes("GolosText")).toBe(true);
  const unknown = await fetch(url.replace("TEST", "NONE"), { headers: admin });
  expect(unknown.status).toBe(422);
});

test("a call-back is sent once more on demand; one of another payout is not there", async () => {
  const id = await paid({ callbackUrl: "http://127.0.0.1:9/hook" });
  const other = await paid();
  const [callback] = (await s.ask("payouts", "callbacks", { params: { id } })).json.data;
  const params = { id, callback: String(callback?.id) };
  const again = await ask("replayCallback", { params });
  expect(again.status).toBe(200);
  expect(again.json.data).toContainEqual(expect.objectContaining({ id: callback?.id, state: "waiting" }));
  expect((await ask("replayCallback", { params: { ...params, id: other } })).status).toBe(404);
  expect((await ask("replayCallback", { params: { id, callback: "whd_?" } })).status).toBe(404);
});
