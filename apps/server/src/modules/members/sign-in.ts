import type { Me, routes } from "@okno/contract";
import { refuse } from "@okno/kit";
import { statement } from "../../platform/database.ts";
import { own } from "../../platform/http/binding.ts";
import { admitAttempt, forgiveAttempt } from "./attempts.ts";
import { knownDevice, rememberDevice } from "./device-cookie.ts";
import { verifyPassword } from "./passwords.ts";
import type { PeopleDeps } from "./people-deps.ts";
import { getMe } from "./person.ts";
import { giveSession } from "./session-cookie.ts";
import { startSession } from "./sessions.ts";

// The workspace is not known yet: one probe of the unique index in each.
const findAccounts = statement(
  "members.find_accounts",
  `select m.workspace_id, m.id, m.password_hash from workspaces w
   cross join lateral (select * from members m where m.workspace_id = w.id and m.email = $1 offset 0) m
   where m.password_hash is not null and m.disabled_at is null order by w.created_at, w.id limit 3`,
);
// Held until the session stands: whoever changes the password or disables the member meanwhile waits, and then ends it.
const stillTrue = statement(
  "members.still_true",
  `select 1 from members where workspace_id = $1 and id = $2 and password_hash = $3 and disabled_at is null for share`,
);

type Account = { workspace_id: string; id: string; password_hash: string };

/** The account whose password this is. Takes as long for an address that nobody has. */
async function findAccount(
  db: PeopleDeps["db"],
  email: string,
  password: string,
): Promise<Account | undefined> {
  const accounts = await db.system.query<Account>(findAccounts, [email]);
  if (accounts.length === 0) await verifyPassword(undefined, password);
  const right = await Promise.all(accounts.map((account) => verifyPassword(account.password_hash, password)));
  return accounts.find((_, index) => right[index]);
}

export function signInOperation(deps: PeopleDeps) {
  const { db, clock, secret, publicUrl } = deps;
  return own<typeof routes.session.signIn>(async ({ body: { email, password }, peer, http }): Promise<Me> => {
    const device = knownDevice(http.req, secret, email);
    const admitted = await admitAttempt(deps, { email, address: peer.address, device });
    const account = await findAccount(db, email, password);
    if (!account) throw refuse("wrong_credentials");
    const { workspace_id: workspaceId, id: memberId, password_hash } = account;
    const { session, me } = await db.transaction(workspaceId, async (tx) => {
      const held = await tx.query(stillTrue, [workspaceId, memberId, password_hash]);
      if (held.length === 0) throw refuse("wrong_credentials");
      const started = await startSession(tx, clock, { memberId, peer });
      tx.afterCommit(deps.poke);
      return { session: started, me: await getMe(tx, { workspaceId, memberId, sessionId: started.id }) };
    });
    await forgiveAttempt(deps, admitted);
    giveSession(http, session.secret, clock.now(), publicUrl);
    rememberDevice(http, { secret, email, now: clock.now(), publicUrl });
    return me;
  });
}
