import { refuse } from "@okno/kit";
import { highestRole, includesRole, type Principal } from "../../platform/http/principal.ts";
import type { Catalog } from "../settings/index.ts";
import type { ViewRow } from "./queries.ts";

type Place = Pick<ViewRow, "owner_id" | "project_id">;

/** Personal views: their owner. A project's: its supervisors. The workspace's: who supervises every project it shows. */
export function mayEditView(
  principal: Principal,
  { owner_id, project_id }: Place,
  catalog: Catalog,
): boolean {
  if (owner_id !== null) return owner_id === principal.id;
  const supervises = (project: string) => {
    const held = principal.roles.get(project);
    return held !== undefined && includesRole(held, "supervisor");
  };
  if (project_id !== null) return supervises(project_id);
  return highestRole(principal) !== undefined && [...catalog.projects.keys()].every(supervises);
}

/** @throws forbidden */
export function requireEditor(principal: Principal, view: Place, catalog: Catalog): void {
  if (!mayEditView(principal, view, catalog)) throw refuse("forbidden");
}
