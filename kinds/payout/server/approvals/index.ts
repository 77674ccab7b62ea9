// What stands between a merchant's confirmation and the money: rules of approval, what is suspicious, the question to the merchant. The
// database holds what a payout needs as it was when it was confirmed; people's words are confirmations of the method `approval`.
import { fromPublicId, type Route } from "@okno/contract";
import type { KindBinding, KindConfirmations } from "@okno/kit";
import { payoutApprovalRoutes } from "../../contract-approvals.ts";
import { payoutPurpose } from "../core/create.ts";
import type { PayoutDeps } from "../core/deps.ts";
import { cancelPayout, lockPayout } from "../core/move.ts";
import { decidePayout, readApproval } from "./answer.ts";
import { changeGuards, newAskSecret, readGuards } from "./guards.ts";
import { approvalPurpose } from "./purpose.ts";
import { addRule, changeRule, listRules, removeRule } from "./rules.ts";

const uuidOf = (id: string) => fromPublicId("payout", id) ?? "";
const bound = <R extends Route>(binding: KindBinding<R>): KindBinding => binding as KindBinding;

export function approvalBindings(deps: PayoutDeps): KindBinding[] {
  const { ports } = deps;
  const routes = payoutApprovalRoutes;
  return [
    bound<typeof routes.rules>({
      route: routes.rules,
      mode: "read",
      run: async ({ principal, params }, db) => ({ data: await listRules(db, principal, params.id) }),
    }),
    bound<typeof routes.addRule>({
      route: routes.addRule,
      mode: "command",
      run: ({ principal, params, body }, tx) => addRule({ ports, tx, principal, deskId: params.id }, body),
    }),
    bound<typeof routes.changeRule>({
      route: routes.changeRule,
      mode: "command",
      run: ({ principal, params, body }, tx) =>
        changeRule({ ports, tx, principal, deskId: params.id }, params.rule, body),
    }),
    bound<typeof routes.removeRule>({
      route: routes.removeRule,
      mode: "command",
      run: ({ principal, params }, tx) =>
        removeRule({ ports, tx, principal, deskId: params.id }, params.rule),
    }),
    bound<typeof routes.guards>({
      route: routes.guards,
      mode: "read",
      run: ({ principal, params }, db) => readGuards(db, principal, params.id),
    }),
    bound<typeof routes.changeGuards>({
      route: routes.changeGuards,
      mode: "command",
      run: ({ principal, params, body }, tx) =>
        changeGuards(ports, tx, principal, { deskId: params.id, body }),
    }),
    // A secret is never stored under an idempotency key: a repeated call makes another one.
    bound<typeof routes.newAskSecret>({
      route: routes.newAskSecret,
      mode: "own",
      run: ({ principal, params }) =>
        ports.db.transaction(principal.workspaceId, (tx) => newAskSecret(ports, tx, principal, params.id)),
    }),
    bound<typeof routes.get>({
      route: routes.get,
      mode: "own",
      run: ({ principal, params }) => readApproval(deps, principal, uuidOf(params.id)),
    }),
    bound<typeof routes.approve>({
      route: routes.approve,
      mode: "own",
      run: ({ principal, params, body }) =>
        decidePayout(deps, principal, uuidOf(params.id), { answer: "confirm", code: body.code }),
    }),
    bound<typeof routes.refuse>({
      route: routes.refuse,
      mode: "own",
      run: ({ principal, params, body }) =>
        decidePayout(deps, principal, uuidOf(params.id), { answer: "refuse", reason: body.reason }),
    }),
  ];
}

/** Both words about a payout are taken by its own routes alone, which know who may say them. When the time is over it is cancelled. */
export function payoutConfirmations(deps: PayoutDeps): KindConfirmations {
  const own = new Set<string>([payoutPurpose, approvalPurpose]);
  return {
    mayAsk: (purpose) => !own.has(purpose),
    mayAnswer: (purpose) => !own.has(purpose),
    async settled(tx, { ticketId, purpose, status, actor, now }) {
      if (status !== "expired" || !own.has(purpose)) return;
      const locked = await lockPayout(deps, tx, ticketId, null);
      const awaited = purpose === approvalPurpose ? "approving" : "created";
      if (locked.payout.status === awaited)
        await cancelPayout(deps, tx, locked, { actor, now, why: "Expired" });
    },
  };
}
