import { fromPublicId } from "@okno/contract";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Stage, startStage } from "./fixtures/stage.ts";
import { createCallbacks } from "./index.ts";

let s: Stage;
beforeAll(async () => {
  s = await startStage();
});
afterEach(() => s.clear());
afterAll(() => s.close());

describe("call-backs given for one ticket", () => {
  const callbacks = () => createCallbacks(s.t.app.core);
  async function enqueue(ticket: string, url: string, bodies: readonly string[]): Promise<string> {
    const ticketId = fromPublicId("ticket", ticket) ?? "";
    await s.t.db.transaction(s.t.workspaceId, async (tx) => {
      for (const body of bodies)
        await callbacks().enqueue(tx, {
          workspaceId: s.t.workspaceId,
          projectId: s.t.projectId,
          ticketId,
          url,
          body,
          what: "payout.paid",
          now: s.t.clock.now(),
        });
    });
    return ticketId;
  }

  test("[PO-10] go out byte for byte, in the ticket's order, again until they are taken, and are logged", async () => {
    const receiver = await s.receive();
    receiver.answer = () => ({ status: 503, body: "later" });
    const { id } = await s.open();
    const bodies = ['{"id":"1_a","state":"processing", "amount":1e-07}', '{"state":"payed"}'];
    const ticketId = await enqueue(id, receiver.url, bodies);
    await s.deliveries().settled();
    const log = () =>
      callbacks().list(s.t.db.in(s.t.workspaceId), { workspaceId: s.t.workspaceId, ticketId });
    expect(await log()).toMatchObject([
      { what: "payout.paid", url: receiver.url, state: "waiting", attempts: 1, lastResponse: "503 => later" },
      { state: "waiting", attempts: 0, lastResponse: null },
    ]);
    receiver.answer = () => ({ body: "OK" });
    s.t.clock.advance(6_000);
    await s.deliveries().settled();
    expect(receiver.heard.map(({ body }) => body)).toEqual([bodies[0], ...bodies]);
    expect(receiver.heard[0]?.headers).toMatchObject({ "content-type": "application/json" });
    expect(receiver.heard[0]?.headers["webhook-signature"]).toBeUndefined();
    const done = await log();
    expect(done.map(({ state, lastResponse }) => [state, lastResponse])).toEqual([
      ["succeeded", "200 => OK"],
      ["succeeded", "200 => OK"],
    ]);
    const [first] = done;
    const again = { workspaceId: s.t.workspaceId, id: first?.id ?? "", now: s.t.clock.now() };
    expect(await s.t.db.transaction(s.t.workspaceId, (tx) => callbacks().replay(tx, again))).toBe(true);
    await s.deliveries().settled();
    expect(receiver.heard.at(-1)?.body).toBe(bodies[0]);
    const listed = await s.t.client.webhooks.deliveries({ query: { ticket: id } });
    expect(listed.data.map(({ webhook, type }) => [webhook, type])).toEqual([
      [null, "payout.paid"],
      [null, "payout.paid"],
    ]);
  });

  test("are written if and only if the caller's transaction is", async () => {
    const receiver = await s.receive();
    const { id } = await s.open();
    const ticketId = fromPublicId("ticket", id) ?? "";
    const rolledBack = s.t.db.transaction(s.t.workspaceId, async (tx) => {
      const facts = {
        workspaceId: s.t.workspaceId,
        projectId: s.t.projectId,
        ticketId,
        now: s.t.clock.now(),
      };
      await callbacks().enqueue(tx, { ...facts, url: receiver.url, body: "{}", what: "payout.paid" });
      throw new Error("no");
    });
    await expect(rolledBack).rejects.toThrow("no");
    await s.deliveries().settled();
    expect(receiver.heard).toEqual([]);
  });
});
