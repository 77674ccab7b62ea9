import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@okno/sdk";
import { afterEach, beforeEach, expect, test } from "vitest";
import { adminKey, type ServerProcess, startServer } from "../lib/server-process.ts";

let dataDir: string;
let server: ServerProcess;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "okno-held-"));
  server = await startServer({ dataDir });
});
afterEach(async () => {
  await server.stop();
  await rm(dataDir, { recursive: true, force: true });
});

const clientOf = () => createClient({ baseUrl: server.url, key: adminKey });

test("kill -9 while replies are held: after the restart each goes out once at its time, those taken back never, and one sent again is the same one", async () => {
  const before = clientOf();
  const total = 24;
  const replies = await Promise.all(
    Array.from({ length: total }, async (_, n) => {
      const { id } = await before.tickets.create({ body: { subject: `№ ${n}`, body: "Где?" } });
      // Some are let go before the kill, some while nobody is there to do it, some after the restart.
      const holdSeconds = 1 + (n % 6);
      const call = {
        params: { id },
        body: { body: `ответ ${n}`, holdSeconds },
        idempotencyKey: `reply ${n}`,
      };
      return { n, call, message: await before.messages.add(call) };
    }),
  );
  const taken = replies.filter(({ n }) => n % 6 === 5);
  for (const { call, message } of taken)
    await before.messages.withdraw({ params: { ...call.params, message: message.id } });
  const released = async () => {
    const events = await clientOf().events.list({ query: { limit: 500 } });
    return events.data.filter(({ type }) => type === "message.released").map(({ data }) => data.message);
  };
  await expect.poll(async () => (await released()).length, { timeout: 30_000 }).toBeGreaterThan(0);
  await server.kill("both");
  server = await startServer({ dataDir });
  const kept = replies.filter((reply) => !taken.includes(reply));
  // Whoever never heard the answer sends it again with its key.
  for (const { call, message } of kept)
    expect((await clientOf().messages.add(call)).id, "the same message").toBe(message.id);

  // What was in hand at the moment of the kill is leased for a minute.
  await expect
    .poll(async () => (await released()).length, { timeout: 80_000, interval: 250 })
    .toBe(kept.length);
  expect((await released()).sort()).toEqual(kept.map(({ message }) => message.id).sort());
  for (const { call, message, n } of replies) {
    const { data } = await clientOf().messages.list({ params: call.params });
    const said = taken.some((each) => each.message.id === message.id) ? ["Где?"] : [`ответ ${n}`, "Где?"];
    expect(data.map(({ body }) => body)).toEqual(said);
    expect(data.every(({ heldUntil }) => heldUntil === null)).toBe(true);
  }
}, 120_000);
