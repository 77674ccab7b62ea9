import { routes } from "@okno/contract";
import { refuse } from "@okno/kit";
import { statement, type Transaction } from "../../platform/database.ts";
import { type Binding, bindTable, own, read } from "../../platform/http/binding.ts";
import type { Principal } from "../../platform/http/principal.ts";
import { newId } from "../../platform/ids.ts";
import { appendWorkspaceEvent } from "../journal/index.ts";
import { type PeopleDeps, requireOwnPassword } from "../members/index.ts";
import { createCodeKeys, newTotpSecret, shownRecoveryCode, totpUri } from "./codes.ts";
import { findStepUp } from "./queries.ts";
import { takeCode, type Whose } from "./take.ts";

// One that was never finished is begun anew.
const begin = statement(
  "step_up.begin",
  `insert into member_totp as t (workspace_id, member_id, secret, created_at) values ($1, $2, $3, $4)
   on conflict (workspace_id, member_id) do update set secret = excluded.secret, created_at = excluded.created_at
   where t.enrolled_at is null returning 1`,
);
const remove = statement(
  "step_up.remove",
  "delete from member_totp where workspace_id = $1 and member_id = $2",
);
const forgetCodes = statement(
  "step_up.forget_codes",
  "delete from recovery_codes where workspace_id = $1 and member_id = $2",
);
const addCodes = statement(
  "step_up.add_codes",
  "insert into recovery_codes (workspace_id, member_id, digest) select $1, $2, unnest($3::bytea[])",
);

function whoseOf({ workspaceId, id, sessionId }: Principal): Whose {
  if (sessionId === null) throw refuse("forbidden");
  return { workspaceId, memberId: id, sessionId };
}

export function stepUpBindings(deps: PeopleDeps): Binding[] {
  const { db, clock } = deps;
  const keys = createCodeKeys(deps.secret);
  const codes = { db, clock, keys };

  async function record(
    tx: Transaction,
    { memberId }: Whose,
    type: "step_up.enrolled" | "step_up.codes_renewed" | "step_up.removed",
  ): Promise<void> {
    const actor = { kind: "member", id: memberId } as const;
    await appendWorkspaceEvent(tx, {
      id: newId(clock),
      type,
      projectId: null,
      actor,
      at: clock.now(),
      data: {},
    });
    tx.afterCommit(deps.poke);
  }

  async function renewCodes(
    tx: Transaction,
    { workspaceId, memberId }: Whose,
  ): Promise<{ recoveryCodes: string[] }> {
    const made = keys.newRecoveryCodes();
    await tx.query(forgetCodes, [workspaceId, memberId]);
    await tx.query(addCodes, [workspaceId, memberId, made.map((code) => keys.digest(memberId, code))]);
    return { recoveryCodes: made.map(shownRecoveryCode) };
  }

  return bindTable(routes.stepUp, {
    get: read(({ principal }, reader) => findStepUp(reader, whoseOf(principal), clock.now())),
    begin: own(async ({ principal, body, peer }) => {
      const whose = whoseOf(principal);
      const { email } = await requireOwnPassword(deps, {
        ...whose,
        address: peer.address,
        password: body.password,
      });
      const secret = newTotpSecret();
      const sealed = keys.seal(whose.memberId, secret);
      const begun = await db
        .in(whose.workspaceId)
        .query(begin, [whose.workspaceId, whose.memberId, sealed, clock.now()]);
      if (begun.length === 0) throw refuse("already_exists");
      return { secret, uri: totpUri(secret, email) };
    }),
    enrol: own(({ principal, body }) => {
      const whose = whoseOf(principal);
      return takeCode(codes, whose, { code: body.code, first: true }, async (tx) => {
        await record(tx, whose, "step_up.enrolled");
        return renewCodes(tx, whose);
      });
    }),
    prove: own(async ({ principal, body }) => {
      const whose = whoseOf(principal);
      return takeCode(codes, whose, { code: body.code }, (tx) => findStepUp(tx, whose, clock.now()));
    }),
    renew: own(({ principal, body }) => {
      const whose = whoseOf(principal);
      return takeCode(codes, whose, { code: body.code }, async (tx) => {
        await record(tx, whose, "step_up.codes_renewed");
        return renewCodes(tx, whose);
      });
    }),
    remove: own(({ principal, body }) => {
      const whose = whoseOf(principal);
      return takeCode(codes, whose, { code: body.code }, async (tx) => {
        await tx.query(remove, [whose.workspaceId, whose.memberId]);
        await record(tx, whose, "step_up.removed");
      });
    }),
  });
}
