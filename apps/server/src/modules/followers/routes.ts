import { type Follower, fromPublicId, routes, toPublicId } from "@okno/contract";
import { refuse } from "@okno/kit";
import type { Clock } from "../../platform/clock.ts";
import type { Transaction } from "../../platform/database.ts";
import { type Binding, bindTable, command, read } from "../../platform/http/binding.ts";
import type { Principal } from "../../platform/http/principal.ts";
import {
  findTicket,
  type Happening,
  lockTicket,
  type TicketRow,
  ticketScope,
  writeChange,
} from "../tickets/index.ts";
import { addFollowers, listFollowers, removeFollower } from "./followers.ts";

type Decide = (tx: Transaction, ticket: TicketRow, memberId: string) => Promise<Happening[]>;

/** The member a path names. @throws forbidden: a key cannot follow */
function memberOf(principal: Principal, member: string): string {
  if (member !== "me") return fromPublicId("member", member) ?? "";
  if (principal.kind !== "member") throw refuse("forbidden");
  return principal.id;
}

export function followerBindings({ clock, poke }: { clock: Clock; poke(): void }): Binding[] {
  const change = async (
    { principal, params }: { principal: Principal; params: { id: string; member: string } },
    tx: Transaction,
    decide: Decide,
  ): Promise<{ data: Follower[] }> => {
    const ticket = await lockTicket(tx, ticketScope(principal), fromPublicId("ticket", params.id) ?? "");
    if (!ticket) throw refuse("not_found");
    const happenings = await decide(tx, ticket, memberOf(principal, params.member));
    if (happenings.length > 0) {
      await writeChange(tx, ticket, ticket, happenings, clock.now());
      tx.afterCommit(poke);
    }
    return { data: await listFollowers(tx, ticket.workspace_id, ticket.id) };
  };
  return bindTable(routes.followers, {
    list: read(async ({ principal, params }, db) => {
      const ticket = await findTicket(db, ticketScope(principal), fromPublicId("ticket", params.id) ?? "");
      if (!ticket) throw refuse("not_found");
      return { data: await listFollowers(db, ticket.workspace_id, ticket.id) };
    }),
    add: command(async (call, tx) => {
      const actor = { kind: call.principal.kind, id: call.principal.id };
      const answer = await change(call, tx, (_tx, ticket, id) =>
        addFollowers(tx, ticket, { memberIds: [id], actor, now: clock.now() }),
      );
      const id = toPublicId("member", memberOf(call.principal, call.params.member));
      if (!answer.data.some(({ member }) => member === id))
        throw refuse("unknown_reference", {}, [
          { pointer: "/member", message: "nobody with this id works in the ticket's project" },
        ]);
      return answer;
    }),
    remove: command((call, tx) => {
      const actor = { kind: call.principal.kind, id: call.principal.id };
      return change(call, tx, (_tx, ticket, memberId) => removeFollower(tx, ticket, { memberId, actor }));
    }),
  });
}
