import { type Role, roles, type Scope } from "@okno/contract";
import { refuse } from "./refuse.ts";

/** Who is calling, and what they may touch: built once a call by authentication, read by every predicate. */
export type Principal = {
  kind: "member" | "key";
  id: string;
  workspaceId: string;
  name: string;
  owner: boolean;
  /** The role in each project the caller works in; for an owner, every project. */
  roles: ReadonlyMap<string, Role>;
  scopes: ReadonlySet<Scope> | "all";
  sessionId: string | null;
  /**
   * Who stands behind the call: the person of a session, and of every key that person has made; for a key that nobody signed in has
   * made, the first key of its line. Two callers with the same one are one and the same where two different ones are asked for.
   */
  party: string;
  /** Every call of this key must be signed. */
  mustSign: boolean;
  /** The provisioning key of the environment is not counted against rate limits. */
  unlimited: boolean;
};

const rank = (role: Role) => roles.indexOf(role);

/** Does `role` include `needed`? */
export function includesRole(role: Role, needed: Role): boolean {
  return rank(role) >= rank(needed);
}

/** The projects in which the caller holds at least `role`: the permission scope that every query of project data takes. */
export function projectsWith(principal: Principal, role: Role): string[] {
  return [...principal.roles].filter(([, held]) => includesRole(held, role)).map(([project]) => project);
}

/** @throws not_found: a project the caller cannot see is no project; forbidden: visible, but the role is too low. */
export function requireRole(principal: Principal, projectId: string, role: Role): void {
  const held = principal.roles.get(projectId);
  if (!held) throw refuse("not_found");
  if (!includesRole(held, role)) throw refuse("forbidden");
}

/** The highest role the caller holds anywhere. */
export function highestRole(principal: Principal): Role | undefined {
  if (principal.owner) return "owner";
  return [...principal.roles.values()].sort((a, b) => rank(b) - rank(a))[0];
}
