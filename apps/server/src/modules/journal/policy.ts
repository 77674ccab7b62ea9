import { highestRole, includesRole, type Principal } from "../../platform/http/principal.ts";
import type { JournalRow } from "./queries.ts";

/**
 * Who reads an entry: tickets and settings of a project, everyone who works in it; people and keys of the workspace, those who
 * manage them; shared views, everyone whom they may concern, and personal ones their owner alone. Used by the pull, by the stream and by its catching up alike.
 */
export function mayReadEvent(
  principal: Principal,
  event: Pick<JournalRow, "workspace_id" | "project_id" | "type" | "actor_id" | "data">,
): boolean {
  if (event.workspace_id !== principal.workspaceId) return false;
  if (event.project_id !== null) return principal.roles.has(event.project_id);
  if (event.type.startsWith("view."))
    return event.data.personal === true ? event.actor_id === principal.id : principal.roles.size > 0;
  const highest = highestRole(principal);
  return highest !== undefined && includesRole(highest, "admin");
}
