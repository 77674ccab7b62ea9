import { type EventType, fromPublicId, type IdKind } from "@okno/contract";
import { type ChannelServer, refuse } from "@okno/kit";
import type { Clock } from "../../platform/clock.ts";
import { sqlState, type Transaction } from "../../platform/database.ts";
import { type Principal, projectsWith, requireRole } from "../../platform/http/principal.ts";
import { newId } from "../../platform/ids.ts";
import { appendWorkspaceEvent } from "../journal/index.ts";
import type { Catalogs } from "./catalog.ts";

export type SettingsDeps = {
  clock: Clock;
  catalogs: Catalogs;
  /** Something was appended to the journal. */
  poke(): void;
  /** A project was added: owners hold one more role than was cached. */
  accessChanged(workspaceId: string): void;
  channelTypes: ReadonlyMap<string, ChannelServer>;
};

type Change = { type: EventType; projectId: string; data: Record<string, unknown> };

/** Writes the event of a change, and lets nobody believe the cached settings once it is committed. */
export async function recordSetting(
  { clock, catalogs, poke }: Pick<SettingsDeps, "clock" | "catalogs" | "poke">,
  tx: Transaction,
  principal: Principal,
  { type, projectId, data }: Change,
): Promise<void> {
  await appendWorkspaceEvent(tx, {
    id: newId(clock),
    type,
    projectId,
    actor: { kind: principal.kind, id: principal.id },
    at: clock.now(),
    data,
  });
  tx.afterCommit(() => catalogs.forget(tx.workspaceId));
  tx.afterCommit(poke);
}

/** Runs a write whose unique index speaks for the rule. @throws already_exists */
export async function unlessTaken<T>(write: Promise<T>): Promise<T> {
  try {
    return await write;
  } catch (error) {
    if (sqlState(error) === "23505") throw refuse("already_exists");
    throw error;
  }
}

/** The projects of the caller's scope, or the one asked for if it is among them: what every list of settings is limited to. */
export function projectScope(
  principal: Principal,
  publicId: string | undefined,
  role: "operator" | "supervisor",
) {
  const ids = projectsWith(principal, role);
  if (publicId === undefined) return ids;
  const wanted = fromPublicId("project", publicId);
  return ids.filter((id) => id === wanted);
}

/** The project a new thing goes into. @throws unknown_reference when the caller sees no such project, forbidden when not its admin. */
export function administeredProject(principal: Principal, publicId: string): string {
  const id = fromPublicId("project", publicId) ?? "";
  if (!principal.roles.has(id))
    throw refuse("unknown_reference", {}, [{ pointer: "/project", message: "no such project" }]);
  requireRole(principal, id, "admin");
  return id;
}

/** A thing of a project found by its id, for changing. @throws not_found outside the caller's projects, forbidden when not its admin. */
export function requireAdministered<Row extends { project_id: string }>(
  principal: Principal,
  row: Row | undefined,
): Row {
  if (!row) throw refuse("not_found");
  requireRole(principal, row.project_id, "admin");
  return row;
}

export function uuidOf(kind: IdKind, publicId: string): string {
  return fromPublicId(kind, publicId) ?? "";
}
