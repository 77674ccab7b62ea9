import { PassThrough } from "node:stream";
import type { FastifyReply, FastifyRequest } from "fastify";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Database } from "../../platform/database.ts";
import type { Principal } from "../../platform/http/principal.ts";
import { createLog } from "../../platform/log.ts";
import { createMetrics } from "../../platform/metrics.ts";
import { encodeCursor } from "./cursor.ts";
import type { Listener } from "./hub.ts";
import type { JournalRow } from "./queries.ts";
import { createStreams } from "./streams.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const id = "018f0000-0000-7000-8000-000000000001";
const cursorAt = (position: number) => encodeCursor({ epoch: id, position });
const principal: Principal = {
  kind: "member",
  id,
  workspaceId: id,
  name: "Анна",
  owner: false,
  roles: new Map([[id, "operator"]]),
  scopes: "all",
  sessionId: null,
  party: id,
  mustSign: false,
  unlimited: false,
};

function row(position: number): JournalRow {
  return {
    position,
    workspace_id: id,
    ticket_id: id,
    seq: position,
    project_id: id,
    identity_id: null,
    type: "ticket.changed",
    actor_kind: "system",
    actor_id: null,
    actor_name: null,
    at: new Date(0),
    data: {},
  };
}

test("a beat names no place beyond what was written before it, however long an event takes to be put into words", async () => {
  let position = 4;
  let tell: Listener = () => undefined;
  const words = Promise.withResolvers<Map<string, never>>();
  const hub = {
    position: () => position,
    epoch: () => id,
    listen(listener: Listener) {
      tell = listener;
      return () => undefined;
    },
  };
  const streams = createStreams({
    db: {} as Database,
    hub: hub as unknown as Parameters<typeof createStreams>[0]["hub"],
    log: createLog("silent"),
    metrics: createMetrics(),
    loadCurrent: () => words.promise,
    reauthenticate: async () => principal,
  });
  const raw = Object.assign(new PassThrough(), { writeHead: () => undefined });
  let written = "";
  raw.on("data", (chunk) => {
    written += chunk;
  });
  const reply = { raw, hijack: () => undefined } as unknown as FastifyReply;
  const served = streams.serve({ principal, req: { id } as FastifyRequest, reply }, undefined);
  await vi.advanceTimersByTimeAsync(10);

  position = 5;
  tell([row(5)]);
  await vi.advanceTimersByTimeAsync(15_000);
  expect(written).not.toContain(cursorAt(5));
  words.resolve(new Map<string, never>());
  await vi.advanceTimersByTimeAsync(10);
  const [event, beat] = [written.indexOf(`id: ${cursorAt(5)}`), written.indexOf("event: beat")];
  expect(event).toBeGreaterThan(0);
  expect(beat).toBeGreaterThan(event);
  streams.close();
  raw.destroy();
  await served;
});
