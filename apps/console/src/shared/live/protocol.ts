import type { NotificationFrame, PresenceFrame, StreamEvent } from "@okno/contract";

/** What the stream tells the tabs. */
export type LiveMessage =
  | { kind: "event"; event: StreamEvent }
  /** News for this person alone. */
  | { kind: "notification"; frame: NotificationFrame }
  /** Who is where and who is at work; forgetful, and outside the order of events. */
  | { kind: "presence"; frame: PresenceFrame }
  /** The line is up (true) or down. */
  | { kind: "line"; up: boolean }
  /** Events may have been missed: whatever is on the screen must be fetched again. */
  | { kind: "resync" }
  /** The server knows no session any more. */
  | { kind: "signed-out" };

/** What a tab tells the stream's keeper. `session` names whose stream it is. */
export type LiveCommand = { kind: "join"; session: string } | { kind: "leave" } | { kind: "wake" };
