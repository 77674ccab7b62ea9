import { confirmationPageRoutes } from "@okno/contract";
import { Refusal } from "@okno/kit";
import type { FastifyReply, FastifyRequest } from "fastify";
import { statement } from "../../../platform/database.ts";
import { type Binding, bindTable, raw } from "../../../platform/http/binding.ts";
import { digest } from "../../../platform/ids.ts";
import { hasSessionCookie, workspaceOfSecret } from "../../members/index.ts";
import type { ConfirmationDeps } from "../deps.ts";
import { type ConfirmationRow, findConfirmationByToken } from "../queries.ts";
import { askingPage, type Notice, sayingPage, type Typed } from "./draw.ts";
import { addressOf, type Page, type View } from "./layout.ts";
import { markOpened, type Responded, respond, type Sent } from "./respond.ts";
import { standingPage } from "./standing.ts";
import { chooseLocale, type Locale, translator } from "./texts.ts";

const findTicket = statement(
  "confirmations.find_ticket",
  "select number, kind from tickets where workspace_id = $1 and id = $2",
);

type Asked = { token: string; lang: Locale | undefined; accepted: string | undefined };
type Found = { row: ConfirmationRow; view: View; number: number; kind: string };

const noProject = { name: "", accent: "#0f766e", timeZone: "UTC", locale: "ru" as Locale };

function viewOf({ token, lang, accepted }: Asked, project = noProject, contact: Locale | null = null): View {
  const locale = chooseLocale(lang, contact, accepted, project.locale);
  return { locale, lang, t: translator(locale), project, token };
}

async function find(deps: ConfirmationDeps, asked: Asked): Promise<Found | undefined> {
  const workspaceId = workspaceOfSecret(asked.token);
  if (!workspaceId) return undefined;
  const db = deps.db.in(workspaceId);
  const row = await findConfirmationByToken(
    db,
    workspaceId,
    digest(asked.token),
    deps.confirmations.ruling(),
  );
  if (!row) return undefined;
  const [[ticket], catalog] = await Promise.all([
    db.query<{ number: number; kind: string }>(findTicket, [workspaceId, row.ticket_id]),
    deps.catalogs.of(workspaceId),
  ]);
  const project = catalog.projects.get(row.project_id);
  if (!ticket || !project) return undefined;
  const { name, accent, time_zone: timeZone, locale } = project;
  return { row, view: viewOf(asked, { name, accent, timeZone, locale }, row.locale), ...ticket };
}

function unknownPage(asked: Asked): Page {
  const view = viewOf(asked);
  return sayingPage(view, { title: "unknown", words: view.t("unknownHint"), tone: "late", status: 404 });
}

async function pageOf(
  deps: ConfirmationDeps,
  { row, view, number, kind }: Found,
  said: { notice?: Notice | undefined; typed?: Typed; status?: number } = {},
): Promise<Page> {
  const { workspace_id: workspaceId } = row;
  const db = { ...deps.db.in(workspaceId), workspaceId };
  const standing = await standingPage(deps, db, view, { row, kind });
  if (standing) return standing;
  const shown = {
    confirmationId: row.id,
    subjectVersion: row.subject_version,
    snapshotHash: row.snapshot_hash,
  };
  const form = deps.confirmationSecrets.newForm(shown);
  return askingPage(view, { row, number, form, ...said });
}

async function send(reply: FastifyReply, { status, headers, html }: Page): Promise<void> {
  await reply.code(status).headers(headers).send(html);
}

function sentOf(req: FastifyRequest, peer: Sent["peer"]): Sent {
  const fields = (req.body ?? {}) as Record<string, unknown>;
  const text = (name: string) => (typeof fields[name] === "string" ? fields[name] : "");
  const [answer, form, reason] = [text("answer"), text("form"), text("reason")];
  const sent = { answer, form, reason, question: text("question"), code: text("code") };
  return { ...sent, peer, staffBrowser: hasSessionCookie(req) };
}

async function tryToRespond(deps: ConfirmationDeps, { row }: Found, sent: Sent): Promise<Responded> {
  try {
    return await deps.db.transaction(row.workspace_id, (tx) => respond(deps, tx, row, sent));
  } catch (error) {
    // Settled, expired or changed in the meantime: the page says how it stands now.
    const meanwhile = ["confirmation_settled", "confirmation_expired", "subject_changed", "already_answered"];
    if (error instanceof Refusal && meanwhile.includes(error.code)) return {};
    throw error;
  }
}

const typedOf = ({ answer, reason, question }: Sent): Typed => ({
  ...(answer === "refuse" && { reason }),
  ...(answer === "ask" && { question }),
});

function targetOf(view: View, notice: Notice | undefined): string {
  const address = addressOf(view);
  if (!notice) return address;
  const said = notice.key === "codeSaid" ? "code" : "question";
  return `${address}${address.includes("?") ? "&" : "?"}said=${said}`;
}

/** The customer's page: looking changes nothing, and only the page's own form answers. */
export function confirmationPageBindings(deps: ConfirmationDeps): Binding[] {
  const askedOf = (
    params: { token: string },
    query: { lang?: Locale | undefined },
    req: FastifyRequest,
  ): Asked => ({
    token: params.token,
    lang: query.lang,
    accepted: req.headers["accept-language"],
  });
  return bindTable(confirmationPageRoutes, {
    show: raw(async ({ params, query, http: { req, reply } }) => {
      const asked = askedOf(params, query, req);
      const found = await find(deps, asked);
      const said = query.said && ({ key: query.said === "code" ? "codeSaid" : "questionSaid" } as const);
      await send(reply, found ? await pageOf(deps, found, { notice: said }) : unknownPage(asked));
    }),
    answer: raw(async ({ params, query, peer, http: { req, reply } }) => {
      const asked = askedOf(params, query, req);
      const found = await find(deps, asked);
      if (!found) return send(reply, unknownPage(asked));
      const sent = sentOf(req, peer);
      const { notice, status } = await tryToRespond(deps, found, sent);
      if (notice && status) {
        const now = (await find(deps, asked)) ?? found;
        return send(reply, await pageOf(deps, now, { notice, status, typed: typedOf(sent) }));
      }
      // Read again by GET: reloading the page sends nothing twice.
      await reply.header("cache-control", "no-store").redirect(targetOf(found.view, notice), 303);
    }),
    seen: raw(async ({ params, query, http: { req, reply } }) => {
      const found = await find(deps, askedOf(params, query, req));
      if (found && found.row.opened_at === null)
        await deps.db.transaction(found.row.workspace_id, (tx) => markOpened(deps, tx, found.row));
      await reply.code(204).header("cache-control", "no-store").send();
    }),
  });
}
