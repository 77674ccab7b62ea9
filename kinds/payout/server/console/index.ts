import { fromPublicId } from "@okno/contract";
import { type KindBinding, refuse } from "@okno/kit";
import { payoutConsoleRoutes } from "../../contract-console.ts";
import { deskFor, needs, payoutFor } from "../api/access.ts";
import { answer, bindTable, command, read } from "../api/bind.ts";
import { presentCallback } from "../api/present.ts";
import { wholeStatement } from "../api/statement.ts";
import type { PayoutDeps } from "../core/deps.ts";
import { payoutBackground } from "./background.ts";

// What people in the window need beside the interface that programs use: what is known of a receiver, calling a merchant back once more,
// and the statement on paper.

/** A longer one is asked for in parts, or as CSV. */
const mostOnPaper = 5_000;

export function consoleBindings({ ports }: PayoutDeps): KindBinding[] {
  return bindTable(payoutConsoleRoutes, {
    background: read(async ({ principal, params }, db) =>
      payoutBackground(db, await payoutFor(db, principal, params.id)),
    ),
    replayCallback: command(async ({ principal, params }, tx) => {
      const { workspace_id: workspaceId, id: ticketId } = await payoutFor(
        tx,
        principal,
        params.id,
        needs.settle,
      );
      const callback = fromPublicId("webhookDelivery", params.callback);
      const own = await ports.callbacks.list(tx, { workspaceId, ticketId });
      if (callback === undefined || !own.some(({ id }) => id === callback)) throw refuse("not_found");
      await ports.callbacks.replay(tx, { workspaceId, id: callback, now: ports.clock.now() });
      return { data: (await ports.callbacks.list(tx, { workspaceId, ticketId })).map(presentCallback) };
    }),
    statementPdf: answer(async ({ principal, params, query }) => {
      const db = ports.db.in(principal.workspaceId);
      const desk = await deskFor(db, principal, params.id, needs.seeFunds);
      const { method, opening, incoming, outgoing, closing, entries } = await wholeStatement(
        db,
        desk,
        query,
        mostOnPaper,
      );
      // The typesetter is loaded by whoever prints first.
      const { statementPdf } = await import("./statement-pdf.ts");
      const body = await statementPdf({
        lang: query.lang,
        desk,
        method: { name: method.name, currency: method.currency, scale: method.precision },
        from: query.from === undefined ? null : new Date(query.from),
        to: query.to === undefined ? null : new Date(query.to),
        timeZone: await ports.people.timeZoneOf(principal.workspaceId, desk.project_id),
        madeAt: ports.clock.now(),
        opening,
        incoming,
        outgoing,
        closing,
        lines: entries.map(({ at, what, reference, available, after }) => ({
          at: new Date(at),
          what,
          reference,
          change: available,
          balance: after,
        })),
      });
      const name = `statement-${desk.login}-${method.code}.pdf`;
      return {
        bytes: body,
        type: "application/pdf",
        headers: { "content-disposition": `attachment; filename="${name}"`, "cache-control": "no-store" },
      };
    }),
  });
}
