import { expect, test, vi } from "vitest";
import { ApiError } from "./api.ts";
import { createOutbox } from "./outbox.ts";
import type { Memory } from "./storage.ts";
import type { Pending } from "./types.ts";

function createFakeMemory(values = new Map<string, string>()): Memory {
  return {
    get: (name) => values.get(name),
    set: (name, value) => void (value === undefined ? values.delete(name) : values.set(name, value)),
    onChange: () => undefined,
  };
}

const pending = (externalId: string): Pending => ({ externalId, body: externalId, uploads: [], at: "" });

function open(memory: Memory, send: (message: Pending) => Promise<{ id: string; at: string }>) {
  const accepted: string[] = [];
  const rejected: ApiError[] = [];
  const outbox = createOutbox({
    memory,
    key: "k",
    send,
    told: {
      accepted: ({ externalId }) => void accepted.push(externalId),
      changed: () => undefined,
      rejected: (error) => void rejected.push(error),
    },
  });
  return { outbox, accepted, rejected };
}

const answer = { id: "msg", at: "" };

test("messages are sent one after another in the order they were written", async () => {
  const running: string[] = [];
  const { outbox, accepted } = open(createFakeMemory(), async ({ externalId }) => {
    running.push(externalId);
    expect(running).toHaveLength(1);
    await Promise.resolve();
    running.pop();
    return answer;
  });
  for (const id of ["a", "b", "c"]) outbox.add(pending(id));
  await vi.waitFor(() => expect(accepted).toEqual(["a", "b", "c"]));
  expect(outbox.list()).toEqual([]);
});

test("while the network is away everything waits in order, and the next page of the same browser sends it", async () => {
  const memory = createFakeMemory();
  const away = open(memory, () => Promise.reject(new ApiError(0)));
  for (const id of ["a", "b"]) away.outbox.add(pending(id));
  await away.outbox.flush();
  expect(away.outbox.list().map(({ externalId }) => externalId)).toEqual(["a", "b"]);
  const back = open(memory, async () => answer);
  await back.outbox.flush();
  expect(back.accepted).toEqual(["a", "b"]);
});

test("a message the server refuses is marked with the reason, and does not hold up the next", async () => {
  const { outbox, accepted } = open(createFakeMemory(), async ({ externalId }) => {
    if (externalId === "bad")
      throw new ApiError(400, { code: "invalid_request", errors: [{ pointer: "/attachments/0" }] });
    return answer;
  });
  outbox.add(pending("bad"));
  outbox.add(pending("good"));
  await vi.waitFor(() => expect(accepted).toEqual(["good"]));
  expect(outbox.list()).toMatchObject([{ externalId: "bad", refused: "fileExpired" }]);
});

test("an unknown visitor's messages stay where they are", async () => {
  const { outbox, rejected } = open(createFakeMemory(), () => Promise.reject(new ApiError(401)));
  outbox.add(pending("a"));
  await vi.waitFor(() => expect(rejected).toHaveLength(1));
  expect(outbox.list()).toHaveLength(1);
});
