import { toPublicId } from "@okno/contract";
import type { ChannelInstance, InboundMessage } from "@okno/kit";
import type { Clock } from "../../platform/clock.ts";
import { type Database, statement, type Transaction } from "../../platform/database.ts";
import { lockAnyTicket, writeChange } from "../tickets/index.ts";
import { type Met, meetIdentity } from "./receive.ts";

type JoinDeps = { db: Database; clock: Clock; poke(): void };
type Joined = Pick<InboundMessage, "from" | "claims">;

const lockVisitor = statement(
  "channels.lock_visitor",
  `select id, contact_id, joined_to from identities
   where workspace_id = $1 and project_id = $2 and kind = $3 and scope = $4 and value = $5 for update`,
);
const join = statement(
  "channels.join_identity",
  "update identities set joined_to = $3 where workspace_id = $1 and id = $2",
);
// Of a contact that is nothing but this visitor and what the visitor claimed, everything goes to the user; a contact that is proved to be
// somebody is left alone.
const moveAddresses = statement(
  "channels.move_addresses",
  `update identities set contact_id = $3 where workspace_id = $1 and contact_id = $2
     and not exists (select from identities o where o.workspace_id = $1 and o.contact_id = $2 and o.verified and o.kind <> 'visitor')
   returning id`,
);
const listTickets = statement(
  "channels.list_joined_tickets",
  "select id from tickets where workspace_id = $1 and identity_id = $2 order by id desc limit 50",
);
const retire = statement(
  "channels.retire_contact",
  "update contacts set merged_into = $3 where workspace_id = $1 and id = $2 and merged_into is null",
);

type Visitor = { id: string; contact_id: string; joined_to: string | null };

async function takeOver({ clock }: JoinDeps, tx: Transaction, visitor: Visitor, user: Met): Promise<void> {
  const same = visitor.contact_id === user.contact_id;
  const moved = same
    ? []
    : await tx.query(moveAddresses, [tx.workspaceId, visitor.contact_id, user.contact_id]);
  if (moved.length > 0) await tx.query(retire, [tx.workspaceId, visitor.contact_id, user.contact_id]);
  for (const { id } of await tx.query<{ id: string }>(listTickets, [tx.workspaceId, visitor.id])) {
    const ticket = await lockAnyTicket(tx, tx.workspaceId, id);
    if (!ticket) continue;
    const contactId = moved.length > 0 ? user.contact_id : ticket.contact_id;
    const actor = { kind: "contact", id: contactId } as const;
    const data = { contact: contactId && toPublicId("contact", contactId) };
    const happening = { type: "contact.identified" as const, actor, data };
    await writeChange(tx, ticket, { ...ticket, contact_id: contactId }, [happening], clock.now());
  }
}

/**
 * A visitor without a name has turned out to be a user of the site: the conversation is the user's from now on. The first user a
 * visitor turns out to be stays; repeating it changes nothing.
 */
export async function joinVisitor(
  deps: JoinDeps,
  channel: ChannelInstance,
  visitor: { kind: string; scope: string; value: string },
  user: Joined,
): Promise<void> {
  const find = [channel.workspaceId, channel.project.id, visitor.kind, visitor.scope, visitor.value];
  await deps.db.transaction(channel.workspaceId, async (tx) => {
    const [known] = await tx.query<Visitor>(lockVisitor, find);
    // Whoever has said nothing is nobody yet.
    if (!known || known.joined_to) return;
    const met = await meetIdentity(tx, deps.clock, channel, {
      person: user,
      contactId: known.contact_id,
    });
    await tx.query(join, [tx.workspaceId, known.id, met.id]);
    await takeOver(deps, tx, known, met);
    tx.afterCommit(deps.poke);
  });
}
