import type { BodyOf, routes } from "@okno/contract";
import { refuse } from "@okno/kit";
import type { Clock } from "../../platform/clock.ts";
import { statement, type Transaction } from "../../platform/database.ts";
import type { Principal } from "../../platform/http/principal.ts";
import { administers, decideGrants } from "./grants.ts";
import { dropLinks } from "./links.ts";
import { lockPeople, recordPerson, replaceGrants } from "./people.ts";
import { findPerson, getPerson, type PersonRow } from "./person.ts";
import { endSessions } from "./sessions.ts";

const update = statement(
  "members.update",
  "update members set name = $3, owner = $4, disabled_at = $5 where workspace_id = $1 and id = $2",
);
const otherOwners = statement(
  "members.other_owners",
  `select count(*)::int as owners from members
   where workspace_id = $1 and id <> $2 and owner and disabled_at is null and password_hash is not null`,
);

type Change = BodyOf<typeof routes.members.update>;

function requireMayChange(principal: Principal, person: PersonRow, change: Change): void {
  if (principal.owner) return;
  if (person.owner || change.owner) throw refuse("forbidden");
  const wholePerson = change.name !== undefined || change.disabled !== undefined;
  if (wholePerson && !administers(principal, person)) throw refuse("forbidden");
}

async function requireAnotherOwner(
  tx: Transaction,
  person: PersonRow,
  after: { owner: boolean; disabled: boolean },
) {
  const counts = person.owner && !person.disabled_at && person.has_password;
  if (!counts || (after.owner && !after.disabled)) return;
  const [row] = await tx.query<{ owners: number }>(otherOwners, [tx.workspaceId, person.id]);
  if (!row || row.owners === 0) throw refuse("last_owner");
}

/**
 * Changes a member's name, roles or being disabled. A disabled member's sessions and links end in the same transaction.
 * @throws not_found, forbidden, unknown_reference, last_owner
 */
export async function changeMember(
  tx: Transaction,
  clock: Clock,
  principal: Principal,
  id: string,
  change: Change,
): Promise<PersonRow> {
  await lockPeople(tx);
  const person = await getPerson(tx, principal, id);
  requireMayChange(principal, person, change);
  const actor = { kind: principal.kind, id: principal.id };
  const owner = change.owner ?? person.owner;
  const disabled = change.disabled ?? person.disabled_at !== null;
  const name = change.name ?? person.name;
  await requireAnotherOwner(tx, person, { owner, disabled });
  if (change.grants) {
    const after = decideGrants(principal, person.grants, change.grants);
    await replaceGrants(tx, clock, { memberId: id, actor, before: person.grants, after });
  }
  const fields = [
    ...(name !== person.name ? ["name"] : []),
    ...(owner !== person.owner ? ["owner"] : []),
    ...(disabled !== (person.disabled_at !== null) ? ["disabled"] : []),
  ];
  if (fields.length > 0) {
    const disabledAt = disabled ? (person.disabled_at ?? clock.now()) : null;
    await tx.query(update, [tx.workspaceId, id, name, owner, disabledAt]);
    await recordPerson(tx, clock, {
      type: "member.changed",
      memberId: id,
      actor,
      data: { fields, owner, disabled },
    });
  }
  if (disabled) {
    await endSessions(tx, clock, id, actor);
    await dropLinks(tx, id);
  }
  // An admin who takes somebody's last shared project away no longer sees them, and is still answered.
  return (await findPerson(tx, principal, id)) ?? { ...person, name, grants: [] };
}
