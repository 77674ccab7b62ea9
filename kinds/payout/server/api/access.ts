import { fromPublicId, type Role } from "@okno/contract";
import { includesRole, type Principal, projectsWith, type Queryable, refuse } from "@okno/kit";
import { type Desk, deskById } from "../core/desks.ts";
import { findPayout } from "../core/queries.ts";
import type { PayoutRow } from "../core/row.ts";

// Who may do what. A key's scope says what it may do, in its projects; of a person it is the role that says it. What lies in another
// project is not there.

/** Projects whose desks and payouts the caller sees. */
export const visibleProjects = (principal: Principal): string[] => projectsWith(principal, "operator");

/** @throws not_found, forbidden */
export function requireIn(
  principal: Principal,
  projectId: string,
  needed: { member: Role; key: Role },
): void {
  const held = principal.roles.get(projectId);
  if (!held) throw refuse("not_found");
  if (!includesRole(held, needed[principal.kind])) throw refuse("forbidden");
}

/** What each act needs of a person, and of a key beside its scope. */
export const needs = {
  see: { member: "operator", key: "operator" },
  seeFunds: { member: "supervisor", key: "operator" },
  create: { member: "supervisor", key: "operator" },
  confirm: { member: "admin", key: "operator" },
  settle: { member: "admin", key: "admin" },
  fundLive: { member: "owner", key: "owner" },
} as const satisfies Record<string, { member: Role; key: Role }>;

/** @throws not_found, forbidden */
export async function deskFor(
  db: Queryable,
  principal: Principal,
  publicId: string,
  needed: { member: Role; key: Role },
): Promise<Desk> {
  const desk = await deskById(db, principal.workspaceId, fromPublicId("desk", publicId) ?? "");
  if (!desk) throw refuse("not_found");
  requireIn(principal, desk.project_id, needed);
  return desk;
}

/** @throws not_found, forbidden */
export async function payoutFor(
  db: Queryable,
  principal: Principal,
  publicId: string,
  needed: { member: Role; key: Role } = needs.see,
): Promise<PayoutRow> {
  const row = await findPayout(db, principal.workspaceId, fromPublicId("payout", publicId) ?? "");
  if (!row) throw refuse("not_found");
  requireIn(principal, row.project_id, needed);
  return row;
}

/**
 * The version the caller thinks a thing has: of the body, else of `If-Match`.
 * @throws invalid_request
 */
export function expectedVersion({
  body,
  headers,
}: {
  body: { version?: number | undefined };
  headers: Record<string, string | undefined>;
}): number | undefined {
  const given = headers["if-match"];
  if (body.version !== undefined || given === undefined) return body.version;
  const version = /^(?:W\/)?"?(\d{1,9})"?$/u.exec(given)?.[1];
  if (version === undefined)
    throw refuse("invalid_request", {}, [{ pointer: "header/if-match", message: 'a version, like "3"' }]);
  return Number(version);
}

/** @throws version_conflict */
export function requireVersion(expected: number | undefined, current: number): void {
  if (expected !== undefined && expected !== current) throw refuse("version_conflict", { version: current });
}
