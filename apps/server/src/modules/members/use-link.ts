import type { BodyOf, Me, routes } from "@okno/contract";
import { refuse } from "@okno/kit";
import { statement, type Transaction } from "../../platform/database.ts";
import { type Call, own } from "../../platform/http/binding.ts";
import { rememberDevice } from "./device-cookie.ts";
import { getLink, takeLink, workspaceOfLink } from "./links.ts";
import { hashPassword } from "./passwords.ts";
import { addMember, lockPeople, recordPerson } from "./people.ts";
import type { PeopleDeps } from "./people-deps.ts";
import { getMe } from "./person.ts";
import { giveSession } from "./session-cookie.ts";
import { endSessions, startSession } from "./sessions.ts";

const setUp = statement(
  "members.set_up",
  `update members set name = $3, password_hash = $4, locale = coalesce($5, locale) where workspace_id = $1 and id = $2`,
);

export function checkLinkOperation({ db, clock }: PeopleDeps) {
  return own<typeof routes.session.checkLink>(async ({ body: { token } }) => {
    const workspaceId = workspaceOfLink(token);
    const link = await getLink(db.in(workspaceId), workspaceId, token, clock.now());
    return { workspace: link.workspace_name, name: link.name, email: link.email };
  });
}

type Body = BodyOf<typeof routes.session.useLink>;

async function makeOwner(
  { clock }: PeopleDeps,
  tx: Transaction,
  body: Body,
  passwordHash: string,
): Promise<string> {
  const { name, email } = body;
  const locale = body.locale ?? "ru";
  return addMember(tx, clock, { name, email, owner: true, grants: [], locale, passwordHash });
}

async function setUpMember(
  { clock }: PeopleDeps,
  tx: Transaction,
  memberId: string,
  body: Body,
  passwordHash: string,
) {
  const actor = { kind: "member", id: memberId } as const;
  await tx.query(setUp, [tx.workspaceId, memberId, body.name, passwordHash, body.locale ?? null]);
  await recordPerson(tx, clock, { type: "password.changed", memberId, actor });
  await endSessions(tx, clock, memberId, actor);
  return memberId;
}

async function useLink(
  deps: PeopleDeps,
  { body, peer }: Pick<Call<typeof routes.session.useLink>, "body" | "peer">,
): Promise<{ me: Me; secret: string }> {
  const { db, clock } = deps;
  const workspaceId = workspaceOfLink(body.token);
  // Before the costly hash: a link that is not in force costs us nothing.
  const link = await getLink(db.in(workspaceId), workspaceId, body.token, clock.now());
  // An invitation is for one address: who holds it proves nothing about another.
  if (link.email !== null && link.email !== body.email)
    throw refuse("invalid_request", {}, [{ pointer: "/email", message: "the link is for another address" }]);
  const passwordHash = await hashPassword(body.password);
  return db.transaction(workspaceId, async (tx) => {
    await lockPeople(tx);
    const { memberId: invited } = await takeLink(tx, body.token, clock.now());
    const memberId =
      invited === null
        ? await makeOwner(deps, tx, body, passwordHash)
        : await setUpMember(deps, tx, invited, body, passwordHash);
    const session = await startSession(tx, clock, { memberId, peer });
    tx.afterCommit(deps.poke);
    tx.afterCommit(() => deps.accessChanged(workspaceId));
    return { me: await getMe(tx, { workspaceId, memberId, sessionId: session.id }), secret: session.secret };
  });
}

export function useLinkOperation(deps: PeopleDeps) {
  const { clock, publicUrl, secret } = deps;
  return own<typeof routes.session.useLink>(async ({ body, peer, http }) => {
    const used = await useLink(deps, { body, peer });
    giveSession(http, used.secret, clock.now(), publicUrl);
    rememberDevice(http, { secret, email: used.me.member.email, now: clock.now(), publicUrl });
    return used.me;
  });
}
