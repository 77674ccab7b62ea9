import { toPublicId } from "@okno/contract";
import { type KindBinding, type KindPorts, refuse } from "@okno/kit";
import { payoutRateRoutes } from "../../contract.ts";
import { payoutMethods } from "../methods.ts";
import { bindTable, command, read } from "./bind.ts";
import { actorOf } from "./events.ts";
import { presentRate } from "./present.ts";
import { insertRate, listRates } from "./rate-queries.ts";

/** Currencies that rates are known for: those of the methods, and what amounts are commonly given in. */
const currencies = new Set([
  ...[...payoutMethods.values()].map(({ currency }) => currency),
  "USD",
  "EUR",
  "UAH",
]);
currencies.delete("RUB");

const wrong = (code: "invalid_request" | "unknown_reference", pointer: string, message: string) =>
  refuse(code, {}, [{ pointer, message }]);

export function rateBindings(ports: KindPorts): KindBinding[] {
  return bindTable(payoutRateRoutes, {
    list: read(async ({ principal }, db) => ({
      data: (await listRates(db, principal.workspaceId)).map(presentRate),
    })),
    add: command(async ({ principal, body }, tx) => {
      const { currency, price } = body;
      if (!currencies.has(currency))
        throw wrong("unknown_reference", "/currency", "no method and no amount is in this currency");
      if (/^[0.]+$/u.test(price)) throw wrong("invalid_request", "/price", "above zero");
      if ((price.split(".", 1)[0] ?? "").length > 20) throw wrong("invalid_request", "/price", "too large");
      const rate = { id: ports.newId(), currency, price, at: ports.clock.now(), by: principal.id };
      await insertRate(tx, tx.workspaceId, rate);
      const actor = actorOf(principal);
      await ports.tell(tx, {
        type: "payout_rate.added",
        projectId: null,
        actor,
        data: { currency, price, by: toPublicId(actor.kind, principal.id) },
      });
      return presentRate({
        currency,
        price: price.includes(".") ? price.replace(/\.?0+$/u, "") : price,
        at: rate.at,
        entered_by: principal.id,
        by_member: principal.kind === "member",
      });
    }),
  });
}
