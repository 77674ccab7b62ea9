import type { CallbackState } from "@okno/kit";
import { findPayoutByReference } from "../core/queries.ts";
import type { CompatHandler } from "./context.ts";
import { formatDate } from "./dates.ts";
import { ofDesk } from "./desk.ts";
import { no } from "./refusal.ts";

const states: Record<CallbackState, string> = { succeeded: "success", waiting: "waiting", failed: "failed" };

/** `callback/payoff/list` */
export const payoffCallbacks: CompatHandler = async (call) => {
  const { deps, desk, fields, dates } = call;
  const db = deps.ports.db.in(desk.workspace_id);
  const payout = await findPayoutByReference(db, ofDesk(call), fields.requiredText("id"));
  if (!payout) throw no("`id` is unknown");
  const list = await deps.ports.callbacks.list(db, { workspaceId: desk.workspace_id, ticketId: payout.id });
  return {
    items: list.map(({ url, state, attempts, lastResponse, createdAt, lastAt }) => ({
      url,
      state: states[state],
      attempts,
      last_response: lastResponse,
      created_at: formatDate(createdAt, dates),
      last_at: lastAt && formatDate(lastAt, dates),
    })),
  };
};
