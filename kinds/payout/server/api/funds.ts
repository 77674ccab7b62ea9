import { type KindPorts, type Principal, refuse, type Transaction } from "@okno/kit";
import type { payoutDeskRoutes } from "../../contract.ts";
import type { Desk } from "../core/desks.ts";
import { type Balance, fundDesk, listBalances } from "../core/ledger.ts";
import { payoutMethods } from "../methods.ts";
import { parseMinor } from "../money/decimal.ts";
import { deskFor, needs, requireIn } from "./access.ts";
import { answer, command, read } from "./bind.ts";
import { tellDesk } from "./events.ts";
import { presentBalance } from "./present.ts";
import { readStatement, statementCsv } from "./statement.ts";

type Tables = typeof payoutDeskRoutes;

const noMethod = () =>
  refuse("unknown_reference", {}, [{ pointer: "/method", message: "the desk has no such method" }]);

/** What is put on a desk, or taken off: minor units, below nothing where it leaves. @throws invalid_request, unknown_reference */
function changeOf(body: { method: string; amount: string; direction: "in" | "out" }): bigint {
  const method = payoutMethods.get(body.method);
  if (!method) throw noMethod();
  const parsed = parseMinor(body.amount, method.precision);
  if (!parsed.ok)
    throw refuse("invalid_request", { why: parsed.why }, [
      { pointer: "/amount", message: `above zero, at most ${method.precision} decimals` },
    ]);
  return body.direction === "in" ? parsed.minor : -parsed.minor;
}

/** Real money comes and goes by an owner's word alone, and with a reason. @throws forbidden, invalid_request */
function requireMayFund(principal: Principal, desk: Desk, note: string | undefined): void {
  if (desk.mode === "sandbox") return;
  requireIn(principal, desk.project_id, needs.fundLive);
  if (note === undefined)
    throw refuse("invalid_request", {}, [{ pointer: "/note", message: "required for a live desk" }]);
}

const belowNothing = (error: unknown) =>
  error instanceof Error && "constraint" in error && error.constraint === "ledger_accounts_never_negative";

async function balanceOf(tx: Transaction, desk: Desk, method: string): Promise<Balance> {
  const found = (await listBalances(tx, desk.workspace_id, desk.id)).find((each) => each.method === method);
  if (!found) throw noMethod();
  return found;
}

export function fundOperations(ports: KindPorts) {
  return {
    balances: read<Tables["balances"]>(async ({ principal, params }, db) => {
      const desk = await deskFor(db, principal, params.id, needs.seeFunds);
      return { data: (await listBalances(db, desk.workspace_id, desk.id)).map(presentBalance) };
    }),
    fund: command<Tables["fund"]>(async ({ principal, params, body }, tx) => {
      const desk = await deskFor(tx, principal, params.id, needs.settle);
      requireMayFund(principal, desk, body.note);
      const amount = changeOf(body);
      const { method, note = null, direction } = body;
      const of = { workspaceId: desk.workspace_id, deskId: desk.id, method };
      const posting = { id: ports.newId(), amount, at: ports.clock.now(), note };
      const done = await fundDesk(tx, of, posting).catch((error: unknown) => {
        throw belowNothing(error) ? refuse("insufficient_funds") : error;
      });
      if (!done) throw noMethod();
      const data = { method, amount: body.amount, direction };
      await tellDesk(ports, tx, principal, desk, data, "payout_desk.funded");
      return presentBalance(await balanceOf(tx, desk, method));
    }),
    statement: read<Tables["statement"]>(async ({ principal, params, query }, db) => {
      const desk = await deskFor(db, principal, params.id, needs.seeFunds);
      return readStatement(db, desk, query);
    }),
    statementCsv: answer<Tables["statementCsv"]>(async ({ principal, params, query }) => {
      const db = ports.db.in(principal.workspaceId);
      const desk = await deskFor(db, principal, params.id, needs.seeFunds);
      const name = `statement-${desk.login}-${query.method}.csv`;
      return {
        text: await statementCsv(db, desk, query),
        type: "text/csv; charset=utf-8",
        headers: { "content-disposition": `attachment; filename="${name}"`, "cache-control": "no-store" },
      };
    }),
  };
}
