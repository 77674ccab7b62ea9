import { type StreamEvent, toPublicId } from "@okno/contract";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Database } from "../../platform/database.ts";
import type { Principal } from "../../platform/http/principal.ts";
import type { Log } from "../../platform/log.ts";
import type { Metrics } from "../../platform/metrics.ts";
import { positionOf, readVisibleAfter } from "./catch-up.ts";
import { encodeCursor } from "./cursor.ts";
import type { Hub } from "./hub.ts";
import { mayReadEvent } from "./policy.ts";
import { presentEvent } from "./present.ts";
import type { JournalRow } from "./queries.ts";

const heartbeatMs = 15_000;
const pageSize = 500;
/** A reader that falls this far behind is cut off; it resumes from its last event. */
const maxBacklogBytes = 4 * 1024 * 1024;

/** The tickets' present state by id, as lists show them. */
export type LoadCurrent = (
  workspaceId: string,
  ticketIds: readonly string[],
) => Promise<Map<string, NonNullable<StreamEvent["current"]>>>;

/** Events after which sessions, keys or roles may no longer be what a stream was opened with. */
const accessEvents = new Set([
  "member.changed",
  "key.revoked",
  "session.ended",
  "password.changed",
  "project.added",
]);

/** `position`: everything up to here was written to it. */
type Stream = { principal: Principal; req: FastifyRequest; reply: FastifyReply; position: number };

export type StreamsDeps = {
  db: Database;
  hub: Hub;
  log: Log;
  metrics: Metrics;
  loadCurrent: LoadCurrent;
  /** What else goes to every stream, outside the journal: it writes frames without an id. Answers how to stop. */
  attach?(reader: { principal(): Principal; write(text: string): void }): () => void;
  /** Reads the request's credentials again, past every cache. */
  reauthenticate(req: FastifyRequest): Promise<Principal | undefined>;
};

export type Streams = {
  /** Serves one stream until either side ends it. @throws invalid_cursor before anything is written. */
  serve(caller: Omit<Stream, "position">, after: string | undefined): Promise<void>;
  close(): void;
};

function frame(event: StreamEvent): string {
  return `id: ${event.cursor}\ndata: ${JSON.stringify(event)}\n\n`;
}

/** A reader on a slow line takes a long absence page by page: nothing piles up here, and nothing is sent twice. */
function drained(raw: FastifyReply["raw"]): Promise<void> | undefined {
  if (!raw.writableNeedDrain || raw.destroyed) return undefined;
  return new Promise((resolve) => {
    const go = () => {
      raw.off("drain", go).off("close", go);
      resolve();
    };
    raw.on("drain", go).on("close", go);
  });
}

/** All open event streams of this process: each event is put into words once and handed to everyone who may read it. */
export function createStreams(deps: StreamsDeps): Streams {
  const { db, hub, log, metrics, loadCurrent } = deps;
  const live = new Set<Stream>();
  const open = new Set<Stream>();
  let handing = Promise.resolve();

  async function frames(rows: readonly JournalRow[]): Promise<{ row: JournalRow; text: string }[]> {
    const byWorkspace = Map.groupBy(rows, (row) => row.workspace_id);
    const current = new Map<string, NonNullable<StreamEvent["current"]>>();
    for (const [workspaceId, group] of byWorkspace) {
      const ids = [...new Set(group.flatMap((row) => row.ticket_id ?? []))];
      if (ids.length > 0)
        for (const [id, ticket] of await loadCurrent(workspaceId, ids)) current.set(id, ticket);
    }
    return rows.map((row) => {
      const ticket = row.ticket_id === null ? undefined : current.get(toPublicId("ticket", row.ticket_id));
      return { row, text: frame({ ...presentEvent(row, hub.epoch()), current: ticket ?? null }) };
    });
  }

  function write(stream: Stream, text: string): void {
    const { raw } = stream.reply;
    // Ended a moment ago because the session is over: its `close` has not come yet, and a write would be a fault of the process.
    if (raw.writableEnded) return;
    if (raw.writableLength > maxBacklogBytes) raw.destroy();
    else raw.write(text);
  }

  async function refresh(workspaceId: string): Promise<void> {
    for (const stream of open) {
      if (stream.principal.workspaceId !== workspaceId) continue;
      const fresh = await deps.reauthenticate(stream.req);
      if (fresh) stream.principal = fresh;
      else stream.reply.raw.end();
    }
  }

  async function hand(rows: readonly JournalRow[]): Promise<void> {
    const changed = new Set(rows.filter((row) => accessEvents.has(row.type)).map((row) => row.workspace_id));
    for (const workspaceId of changed) await refresh(workspaceId);
    if (live.size === 0) return;
    const ready = await frames(rows);
    for (const stream of live) {
      const text = ready
        .filter(({ row }) => row.position > stream.position && mayReadEvent(stream.principal, row))
        .map((each) => each.text);
      if (text.length > 0) write(stream, text.join(""));
    }
  }

  // One batch after the other, also while current tickets are loaded: order is the journal's. A batch that cannot be handed out
  // ends the streams: they resume where they stood, and nothing is skipped.
  function hear(rows: readonly JournalRow[]): void {
    handing = handing
      .then(() => hand(rows))
      .catch((error) => {
        log.warn({ err: error }, "streams are ended: an event could not be handed out");
        for (const stream of open) stream.reply.raw.destroy();
      });
  }

  let stopListening: (() => void) | undefined;

  // The hub reads tickets' events only while somebody listens.
  function enter(stream: Stream): void {
    open.add(stream);
    metrics.streams.inc();
    stopListening ??= hub.listen(hear);
  }

  function leave(stream: Stream): void {
    open.delete(stream);
    live.delete(stream);
    metrics.streams.dec();
    if (open.size > 0) return;
    stopListening?.();
    stopListening = undefined;
  }

  // The hub may be ahead of what has been written to the streams: the beat waits its turn behind that.
  const heartbeat = setInterval(() => {
    const cursor = encodeCursor({ epoch: hub.epoch(), position: hub.position() });
    void handing.then(() => {
      for (const stream of live) write(stream, `event: beat\ndata: ${JSON.stringify({ cursor })}\n\n`);
    });
  }, heartbeatMs);
  heartbeat.unref();

  /** Reads pages until the stream stands where the hub stands, then joins the live ones in the same turn of the event loop. */
  async function catchUp(stream: Stream): Promise<void> {
    for (;;) {
      await handing;
      const end = hub.position();
      if (stream.position >= end || stream.reply.raw.destroyed) break;
      const page = await readVisibleAfter(db, stream.principal, stream.position, pageSize);
      for (const { text } of await frames(page.rows)) write(stream, text);
      await drained(stream.reply.raw);
      // Entries of other workspaces move the hub but are no rows here: at the last page the stream stands where the hub stood.
      stream.position = page.more ? page.position : Math.max(page.position, end);
    }
    live.add(stream);
  }

  return {
    async serve(caller, after) {
      const from = after === undefined ? hub.position() : await positionOf(db, after);
      const stream: Stream = { ...caller, position: from };
      const { raw } = stream.reply;
      stream.reply.hijack();
      raw.writeHead(200, {
        "content-type": "text/event-stream; charset=utf-8",
        "cache-control": "no-cache, no-transform",
        "x-accel-buffering": "no",
        "x-content-type-options": "nosniff",
        // An ended stream ends its connection: kept alive, it would hold up the stopping of the server.
        connection: "close",
        "x-request-id": stream.req.id,
      });
      raw.write(
        `retry: 1000\nevent: hello\ndata: ${JSON.stringify({ cursor: encodeCursor({ epoch: hub.epoch(), position: from }) })}\n\n`,
      );
      enter(stream);
      const detach = deps.attach?.({
        principal: () => stream.principal,
        write: (text) => write(stream, text),
      });
      const ended = new Promise<void>((resolve) => raw.once("close", resolve));
      try {
        await catchUp(stream);
        await ended;
      } catch (error) {
        log.warn({ err: error }, "a stream could not catch up");
        raw.destroy();
      } finally {
        detach?.();
        leave(stream);
      }
    },
    close() {
      clearInterval(heartbeat);
      stopListening?.();
      for (const stream of open) stream.reply.raw.end();
    },
  };
}
