import type { StreamEvent } from "@okno/contract";

/** What the stream tells the tabs. */
export type LiveMessage =
  | { kind: "event"; event: StreamEvent }
  /** The line is up (true) or down. */
  | { kind: "line"; up: boolean }
  /** Events may have been missed: whatever is on the screen must be fetched again. */
  | { kind: "resync" }
  /** The server knows no session any more. */
  | { kind: "signed-out" };

/** What a tab tells the stream's keeper. `session` names whose stream it is. */
export type LiveCommand = { kind: "join"; session: string } | { kind: "leave" } | { kind: "wake" };
