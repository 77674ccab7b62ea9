import { createHash } from "node:crypto";

/** What the chain protects of an event; as stored, so that any edit shows. */
export type ChainedEvent = {
  position: number;
  workspace_id: string;
  subject_id: string;
  seq: number;
  type: string;
  actor_kind: string;
  actor_id: string | null;
  at: string;
  data: string;
};

/** The link after `previous`: SHA-256 over the previous link and the event's fields, separated so that none can flow into another. */
export function linkHash(previous: Buffer, event: ChainedEvent): Buffer {
  const { position, workspace_id, subject_id, seq, type, actor_kind, actor_id, at, data } = event;
  return createHash("sha256")
    .update(previous)
    .update([position, workspace_id, subject_id, seq, type, actor_kind, actor_id ?? "", at, data].join("\n"))
    .digest();
}
