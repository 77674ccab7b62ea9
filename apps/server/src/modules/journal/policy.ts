import { highestRole, includesRole, type Principal } from "../../platform/http/principal.ts";
import type { JournalRow } from "./queries.ts";

/**
 * Who reads an entry: tickets and settings of a project, everyone who works in it; people and keys of the workspace, those who
 * manage them. Used by the pull, by the stream and by its catching up alike.
 */
export function mayReadEvent(
  principal: Principal,
  event: Pick<JournalRow, "workspace_id" | "project_id">,
): boolean {
  if (event.workspace_id !== principal.workspaceId) return false;
  if (event.project_id !== null) return principal.roles.has(event.project_id);
  const highest = highestRole(principal);
  return highest !== undefined && includesRole(highest, "admin");
}
