import { createHash } from "node:crypto";
import type { Route } from "@okno/contract";
import type { ChannelAnswer, KindBinding, KindCall, Refusal } from "@okno/kit";
import {
  type CompatVersion,
  compatPayPage,
  compatUnknownRoutes,
  compatV2Routes,
  compatV3Routes,
} from "../../contract-compat.ts";
import { suspectPayout } from "../approvals/suspect.ts";
import type { PayoutDeps } from "../core/deps.ts";
import { enteredRates, type RateSource } from "../core/rates.ts";
import { type Authenticator, createAuthenticator } from "./auth.ts";
import { type CompatHandler, type CompatResult, CompatTable } from "./context.ts";
import { dateFormatOf } from "./dates.ts";
import { type Fields, readFields } from "./fields.ts";
import * as methods from "./methods.ts";
import { payPage } from "./pay-page.ts";
import { CompatRefusal, no } from "./refusal.ts";

export { payInvoiceJob } from "./invoice-pay.ts";
export { tellMerchantBy } from "./tell.ts";

const jsonType = "application/json; charset=utf-8";
const headers = { "cache-control": "no-store" };

/** Whatever was wrong: status 200 and one text, as the interface's clients expect. */
const refused = (text: string): ChannelAnswer => ({
  text: JSON.stringify({ error: true, errors: [text] }),
  type: jsonType,
  headers,
});

function done(result: CompatResult): ChannelAnswer {
  if (result instanceof CompatTable) return { text: result.csv, type: "text/csv; charset=utf-8", headers };
  return { text: JSON.stringify({ error: false, errors: [], ...result }), type: jsonType, headers };
}

const shellWords: Partial<Record<Refusal["code"], string>> = {
  rate_limited: "Too many requests",
  payload_too_large: "The body is too large",
  unsupported_media_type: "The content type must be application/json",
  invalid_json: "The body is not valid JSON",
  invalid_request: "The body is not valid JSON",
  not_found: "The method is unknown",
};

/** What was refused before a method was reached, or broke in it. */
const refusedByShell = ({ code }: Refusal) => refused(shellWords[code] ?? "Internal error, try again");

type Compat = { deps: PayoutDeps; rates: RateSource; authenticate: Authenticator };

async function admit({ deps, authenticate }: Compat, fields: Fields, requestId: string) {
  const login = fields.requiredText("auth_login");
  const secret = fields.requiredText("auth_secret");
  const given = { id: fields.textOrNothing("id"), signature: fields.textOrNothing("signature") };
  const authenticated = await authenticate({ login, secret }, given);
  if (authenticated.ok) return authenticated.desk;
  const { deskId, workspaceId, signed } = authenticated;
  if (signed && deskId !== null) {
    deps.ports.log.warn(
      { desk: deskId, requestId, suspicious: "signature_without_secret" },
      "a right signature came with a wrong secret: a call-back may have been seen by somebody else",
    );
    await suspectPayout(deps, { workspaceId, deskId }, { reference: given.id, why: "signature_reused" });
  }
  throw no("`auth_login` or `auth_secret` is wrong");
}

async function answer(
  compat: Compat,
  { version, handle }: { version: CompatVersion; handle: CompatHandler },
  call: KindCall<Route>,
): Promise<ChannelAnswer> {
  try {
    const text = String(call.body);
    const fields = readFields(text);
    const desk = await admit(compat, fields, call.requestId);
    const result = await handle({
      deps: compat.deps,
      rates: compat.rates,
      version,
      desk,
      fields,
      dates: dateFormatOf(fields.text("date_format")),
      requestId: call.requestId,
      bodyDigest: createHash("sha256").update(text).digest("hex"),
      origin: new URL(call.target.url).origin,
    });
    return done(result);
  } catch (error) {
    if (error instanceof CompatRefusal) return refused(error.message);
    throw error;
  }
}

function bind(compat: Compat, version: CompatVersion) {
  return (route: Route, handle: CompatHandler): KindBinding => ({
    route,
    mode: "answer",
    run: (call) => answer(compat, { version, handle }, call),
    refused: refusedByShell,
  });
}

/** The compatible interface, bound: every method of both versions, and what is no method. */
export function compatBindings(deps: PayoutDeps, rates: RateSource = enteredRates): KindBinding[] {
  const compat = { deps, rates, authenticate: createAuthenticator(deps.ports) };
  const [bind2, bind3] = [bind(compat, "v2"), bind(compat, "v3")];
  const unknown = Object.values(compatUnknownRoutes).map(
    (route): KindBinding => ({
      route,
      mode: "answer",
      run: async () => refused("The method is unknown"),
      refused: refusedByShell,
    }),
  );
  return [
    ...entriesOf(methods.v2).map(([name, handle]) => bind2(compatV2Routes[name], handle)),
    ...entriesOf(methods.v3).map(([name, handle]) => bind3(compatV3Routes[name], handle)),
    ...unknown,
    { route: compatPayPage, mode: "answer", run: async () => payPage },
  ];
}

const entriesOf = <K extends string, V>(table: Record<K, V>) => Object.entries(table) as [K, V][];
