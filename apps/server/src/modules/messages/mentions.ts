import { fromPublicId, type Mention, type NewMessage, toPublicId } from "@okno/contract";
import { refuse } from "@okno/kit";
import { statement, type Transaction } from "../../platform/database.ts";
import type { TicketRow } from "../tickets/index.ts";

const findMentionable = statement(
  "messages.find_mentionable",
  // People who work in the ticket's project, and its teams.
  `select 'member' as kind, m.id, m.name, array[m.id] as people from members m
   where m.workspace_id = $1 and m.id = any($2::uuid[]) and m.disabled_at is null
     and (m.owner or exists (select from grants g where g.workspace_id = $1 and g.member_id = m.id and g.project_id = $4))
   union all
   select 'team', t.id, t.name, array(select tm.member_id from team_members tm where tm.workspace_id = $1 and tm.team_id = t.id)
   from teams t where t.workspace_id = $1 and t.id = any($3::uuid[]) and t.project_id = $4 and t.archived_at is null`,
);

type Found = { kind: Mention["kind"]; id: string; name: string; people: string[] };

/** Whom a note names, with the names they have now, and everybody that is. */
export type Mentioned = { mentions: Mention[]; people: string[] };

/** @throws invalid_request for names in a reply, unknown_reference for somebody who does not work in the project. */
export async function resolveMentions(
  tx: Transaction,
  ticket: TicketRow,
  { mentions: ids, visibility }: Pick<NewMessage, "mentions" | "visibility">,
): Promise<Mentioned> {
  if (ids.length === 0) return { mentions: [], people: [] };
  if (visibility !== "internal")
    throw refuse("invalid_request", {}, [{ pointer: "/mentions", message: "only a note names colleagues" }]);
  const members = ids.flatMap((id) => fromPublicId("member", id) ?? []);
  const teams = ids.flatMap((id) => fromPublicId("team", id) ?? []);
  const values = [ticket.workspace_id, members, teams, ticket.project_id];
  const found = await tx.query<Found>(findMentionable, values);
  const byId = new Map(found.map((each) => [toPublicId(each.kind, each.id), each]));
  const mentions = ids.map((id, index): Mention => {
    const named = byId.get(id);
    if (named) return { kind: named.kind, id, name: named.name };
    const message = "nobody with this id works in the ticket's project";
    throw refuse("unknown_reference", {}, [{ pointer: `/mentions/${index}`, message }]);
  });
  return { mentions, people: [...new Set(found.flatMap((each) => each.people))] };
}
