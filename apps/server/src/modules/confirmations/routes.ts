import { fromPublicId, type NewConfirmation, routes, type SuccessOf } from "@okno/contract";
import { refuse } from "@okno/kit";
import type { FastifyRequest } from "fastify";
import { statement } from "../../platform/database.ts";
import { type Binding, bindTable, type Call, command, own, read } from "../../platform/http/binding.ts";
import { claimKey, storeAnswer } from "../../platform/http/idempotency.ts";
import { type Principal, projectsWith } from "../../platform/http/principal.ts";
import { findTicket, ticketScope } from "../tickets/index.ts";
import { answerConfirmation, revokeConfirmation } from "./answer.ts";
import { askForConfirmation } from "./ask.ts";
import type { ConfirmationDeps } from "./deps.ts";
import { type EvidenceRow, presentConfirmation, presentEvidence } from "./present.ts";
import { findConfirmation, listConfirmationsByTicket } from "./queries.ts";

const listEvidence = statement(
  "confirmations.list_evidence",
  `select e.seq, e.kind, e.actor_kind, e.actor_id, coalesce(c.name, m.name, k.name) as actor_name, e.at, e.body, e.personal, e.hash
   from confirmation_evidence e
   left join contacts c on e.actor_kind = 'contact' and c.workspace_id = e.workspace_id and c.id = e.actor_id
   left join members m on e.actor_kind = 'member' and m.workspace_id = e.workspace_id and m.id = e.actor_id
   left join api_keys k on e.actor_kind = 'key' and k.workspace_id = e.workspace_id and k.id = e.actor_id
   where e.workspace_id = $1 and e.confirmation_id = $2 order by e.seq`,
);

const originOf = ({ publicUrl }: ConfirmationDeps, req: FastifyRequest) =>
  publicUrl ?? `${req.protocol}://${req.host}`;

/** The address and browser of whoever answered are for those who judge a dispute. */
const showsPersonal = (principal: Principal, projectId: string) =>
  projectsWith(principal, "supervisor").includes(projectId);

type Ask = (typeof routes)["confirmations"]["ask"];

/** A secret is told once: what is stored for the idempotency key has none, and a repeated call is answered without. */
async function ask(
  deps: ConfirmationDeps,
  { principal, params, body, idempotency, http }: Call<Ask>,
): Promise<SuccessOf<Ask>> {
  const call = { ticket: params.id, input: body as NewConfirmation, origin: originOf(deps, http.req) };
  return deps.db.transaction(principal.workspaceId, async (tx) => {
    const scope = { workspaceId: principal.workspaceId, principalId: principal.id };
    const stored = idempotency && (await claimKey(tx, scope, idempotency, deps.clock.now()));
    if (stored) return stored.response as SuccessOf<Ask>;
    const asked = await askForConfirmation(deps, tx, principal, call);
    const kept = { status: 201, response: { ...asked, url: null, code: null } };
    if (idempotency) await storeAnswer(tx, scope, idempotency.key, kept);
    return asked;
  });
}

export function confirmationBindings(deps: ConfirmationDeps): Binding[] {
  const ruling = () => deps.confirmations.ruling();
  return bindTable(routes.confirmations, {
    list: read(async ({ principal, params }, db) => {
      const ticket = await findTicket(db, ticketScope(principal), fromPublicId("ticket", params.id) ?? "");
      if (!ticket) throw refuse("not_found");
      const rows = await listConfirmationsByTicket(db, principal.workspaceId, ticket.id, ruling());
      return { data: rows.map(presentConfirmation) };
    }),
    ask: own((call) => ask(deps, call)),
    get: read(async ({ principal, params }, db) => {
      const id = fromPublicId("confirmation", params.id) ?? "";
      const row = await findConfirmation(db, ticketScope(principal), id, ruling());
      if (!row) throw refuse("not_found");
      const evidence = await db.query<EvidenceRow>(listEvidence, [principal.workspaceId, id]);
      const shows = showsPersonal(principal, row.project_id);
      return {
        ...presentConfirmation(row),
        evidence: evidence.map((each) => presentEvidence(each, shows)),
      };
    }),
    answer: command(({ principal, params, body }, tx) =>
      answerConfirmation(deps, tx, principal, { id: params.id, input: body }),
    ),
    revoke: command(({ principal, params }, tx) => revokeConfirmation(deps, tx, principal, params.id)),
  });
}
