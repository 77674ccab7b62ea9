import { refuse } from "@okno/kit";
import { statement } from "../../platform/database.ts";
import { admitAttempt, forgiveAttempt } from "./attempts.ts";
import { verifyPassword } from "./passwords.ts";
import type { PeopleDeps } from "./people-deps.ts";

const findPassword = statement(
  "members.find_password",
  "select email, password_hash from members where workspace_id = $1 and id = $2",
);

type Given = { workspaceId: string; memberId: string; sessionId: string; address: string; password: string };

/**
 * Asks a signed-in person for the password once more. A stolen session is no licence to guess it: guesses are counted as sign-ins from
 * this session.
 * @throws wrong_credentials, rate_limited
 */
export async function requireOwnPassword(
  deps: PeopleDeps,
  { workspaceId, memberId, sessionId, address, password }: Given,
): Promise<{ email: string; passwordHash: string }> {
  const [row] = await deps.db
    .in(workspaceId)
    .query<{ email: string; password_hash: string }>(findPassword, [workspaceId, memberId]);
  if (!row) throw refuse("unauthenticated");
  const admitted = await admitAttempt(deps, { email: row.email, address, device: sessionId });
  if (!(await verifyPassword(row.password_hash, password))) throw refuse("wrong_credentials");
  await forgiveAttempt(deps, admitted);
  return { email: row.email, passwordHash: row.password_hash };
}
