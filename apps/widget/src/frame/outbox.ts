import { ApiError } from "./api.ts";
import type { Memory } from "./storage.ts";
import type { Pending } from "./types.ts";

const firstPauseMs = 1_000;
const longestPauseMs = 30_000;

type Told = {
  /** The server has it. */
  accepted(message: Pending, answer: { id: string; at: string }): void;
  /** The list, or what is being sent, has changed. */
  changed(): void;
  /** The server does not take anything from this visitor. */
  rejected(error: ApiError): void;
};

export type Outbox = ReturnType<typeof createOutbox>;

/** One tab sends at a time, so that the order is kept; where the browser has no locks, the server's own check is enough. */
async function alone(name: string, run: () => Promise<void>): Promise<void> {
  if (navigator.locks) await navigator.locks.request(name, run);
  else await run();
}

/**
 * Messages on their way: kept in the browser until the server has acknowledged each, sent one after another, sent again under the
 * same id after any failure. The server recognises the id, so each arrives exactly once.
 */
export function createOutbox({
  memory,
  key,
  send,
  told,
}: {
  memory: Memory;
  key: string;
  send(message: Pending): Promise<{ id: string; at: string }>;
  told: Told;
}) {
  let sendingId: string | undefined;
  let busy = false;
  let again = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pauseMs = firstPauseMs;

  // Read anew each time: another tab of the same visitor may have sent or added something.
  const list = (): Pending[] => JSON.parse(memory.get("outbox") ?? "[]");
  function save(messages: Pending[]): void {
    memory.set("outbox", messages.length > 0 ? JSON.stringify(messages) : undefined);
    told.changed();
  }
  const remove = (externalId: string) => save(list().filter((message) => message.externalId !== externalId));
  const change = (externalId: string, refused: Pending["refused"]) =>
    save(
      list().map(({ refused: _, ...message }) =>
        message.externalId === externalId && refused ? { ...message, refused } : message,
      ),
    );

  function later(error: ApiError): void {
    clearTimeout(timer);
    timer = setTimeout(() => void flush(), error.retryAfterSeconds * 1000 || pauseMs);
    pauseMs = Math.min(pauseMs * 2, longestPauseMs);
  }

  /** What a failure means for the message; true: the next one may be tried. */
  function failed(message: Pending, error: ApiError): boolean {
    if (error.passing) later(error);
    else if (error.status === 401 || error.status === 404) told.rejected(error);
    else {
      change(message.externalId, error.pointer.startsWith("/attachments") ? "fileExpired" : "cannotSend");
      return true;
    }
    return false;
  }

  /** false: nothing more can be sent now. */
  async function sendFirst(): Promise<boolean> {
    const message = list().find(({ refused }) => !refused);
    if (!message) return false;
    sendingId = message.externalId;
    told.changed();
    try {
      const answer = await send(message);
      pauseMs = firstPauseMs;
      told.accepted(message, answer);
      remove(message.externalId);
      return true;
    } catch (error) {
      // Whatever is not the server's own refusal (a timeout, a broken answer) leaves the message unacknowledged.
      return failed(message, error instanceof ApiError ? error : new ApiError(0));
    } finally {
      sendingId = undefined;
    }
  }

  async function flush(): Promise<void> {
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    clearTimeout(timer);
    try {
      await alone(`okno.chat.${key}`, async () => {
        do again = false;
        while ((await sendFirst()) || again);
      });
    } finally {
      busy = false;
      told.changed();
    }
  }

  return {
    list,
    flush,
    sendingId: () => sendingId,
    add(message: Pending): void {
      save([...list(), message]);
      void flush();
    },
    retry(externalId: string): void {
      change(externalId, undefined);
      void flush();
    },
    discard: remove,
  };
}
