import { fromPublicId, type Role, type Scope } from "@okno/contract";
import { refuse } from "@okno/kit";
import { includesRole, type Principal } from "../../platform/http/principal.ts";

type Wanted = { role: Role; projects: readonly string[] | null; scopes: readonly Scope[] };

function beyond(pointer: string, message: string) {
  return refuse("forbidden", {}, [{ pointer, message }]);
}

/**
 * The projects of a new key, after checking that it reaches no further than who makes it: neither in role, nor in projects, nor in
 * scopes. null: every project, also later ones; for owners.
 */
export function decideKeyReach(principal: Principal, { role, projects, scopes }: Wanted): string[] | null {
  const held = principal.scopes;
  if (held !== "all" && scopes.some((scope) => !held.has(scope)))
    throw beyond("/scopes", "more than your own key may do");
  if (projects === null) {
    if (!principal.owner) throw beyond("/projects", "name projects you administer");
    return null;
  }
  if (role === "owner")
    throw refuse("invalid_request", {}, [
      { pointer: "/projects", message: "an owner's key holds every project" },
    ]);
  return projects.map((project, index) => {
    const id = fromPublicId("project", project) ?? "";
    const own = principal.roles.get(id);
    const pointer = `/projects/${index}`;
    if (!own) throw refuse("unknown_reference", {}, [{ pointer, message: "no such project" }]);
    if (!includesRole(own, "admin")) throw beyond(pointer, "you do not administer this project");
    return id;
  });
}
