import { fromPublicId, type Member } from "@okno/contract";
import { refuse } from "@okno/kit";
import { includesRole, type Principal, projectsWith } from "../../platform/http/principal.ts";
import type { GrantRow } from "./person.ts";

type Grants = Member["grants"];

function fault(index: number, code: "unknown_reference" | "forbidden" | "invalid_request", message: string) {
  return refuse(code, {}, [{ pointer: `/grants/${index}/project`, message }]);
}

/**
 * What a member's grants become when the caller sends `wanted`: an owner replaces them all; an admin those of the projects they
 * administer, and the others stay as they are.
 * @throws unknown_reference for a project the caller does not see, forbidden for one they do not administer.
 */
export function decideGrants(principal: Principal, before: readonly GrantRow[], wanted: Grants): GrantRow[] {
  const managed = new Set(projectsWith(principal, "admin"));
  const after = new Map<string, GrantRow>();
  for (const grant of before) if (!managed.has(grant.project_id)) after.set(grant.project_id, grant);
  const named = new Set<string>();
  wanted.forEach(({ project, role }, index) => {
    const projectId = fromPublicId("project", project) ?? "";
    if (named.has(projectId)) throw fault(index, "invalid_request", "named twice");
    named.add(projectId);
    if (!principal.roles.has(projectId)) throw fault(index, "unknown_reference", "no such project");
    if (managed.has(projectId)) after.set(projectId, { project_id: projectId, role });
    else if (after.get(projectId)?.role !== role)
      throw fault(index, "forbidden", "you do not administer this project");
  });
  return [...after.values()];
}

/** May the caller change what holds for the whole person: name, password, being disabled? Only if they administer all they touch. */
export function administers(
  principal: Principal,
  person: { owner: boolean; grants: readonly GrantRow[] },
): boolean {
  if (principal.owner) return true;
  if (person.owner || person.grants.length === 0) return false;
  return person.grants.every(({ project_id }) => {
    const held = principal.roles.get(project_id);
    return held !== undefined && includesRole(held, "admin");
  });
}
