import { toPublicId } from "@okno/contract";
import { listBalances } from "../core/ledger.ts";
import { methodOf, type PayoutMethod } from "../methods.ts";
import { formatMinor } from "../money/decimal.ts";
import { parseRatio } from "../money/ratio.ts";
import { actorOf, type CompatCall, type CompatHandler, requireEnabled } from "./context.ts";
import { formatDate } from "./dates.ts";
import { exactNumber, trimDecimal } from "./json.ts";
import { type CompatMethodRow, listMethodsByDesk, type OfDesk, updateMethod } from "./queries.ts";
import { no } from "./refusal.ts";

/** Every desk may use every method that is turned on for it: there are no levels to rise to. */
const level = 1;

export const ofDesk = ({ desk }: Pick<CompatCall, "desk">): OfDesk => ({
  workspaceId: desk.workspace_id,
  deskId: desk.id,
});
const reader = ({ deps, desk }: CompatCall) => deps.ports.db.in(desk.workspace_id);

/** `me/info` */
export const me: CompatHandler = async ({ desk, dates }) => ({
  id: Number(desk.number),
  name: desk.name,
  status_level: level,
  created_at: formatDate(desk.created_at, dates),
});

type KnownBalance = { method: PayoutMethod; amount: string; empty: boolean };

async function balancesOf(call: CompatCall): Promise<KnownBalance[]> {
  const balances = await listBalances(reader(call), call.desk.workspace_id, call.desk.id);
  return balances.flatMap(({ method: code, available }) => {
    const method = methodOf(code);
    if (!method) return [];
    return [{ method, amount: formatMinor(BigInt(available), method.precision), empty: available === "0" }];
  });
}

/** PHP writes an empty map as a list, and version 3's clients expect it so. */
const phpMap = (map: Record<string, unknown>) => (Object.keys(map).length === 0 ? [] : map);

const shownIn3 = ({ method, amount }: KnownBalance) => ({
  name: method.name,
  amount,
  currency: method.currency,
  amount_accuracy: method.precision,
});

/** `balance/info` of version 2, `balance/list` of version 3 */
export const balances: CompatHandler = async (call) => {
  const hideEmpty = call.fields.lenientFlag("hide_empty");
  const shown = (await balancesOf(call)).filter(({ empty }) => !(hideEmpty && empty));
  if (call.version === "v3")
    return { items: phpMap(Object.fromEntries(shown.map((each) => [each.method.code, shownIn3(each)]))) };
  const entries = shown.map(({ method: { code, currency }, amount }) => [
    code,
    { amount: exactNumber(amount), currency },
  ]);
  return { balances: Object.fromEntries(entries) };
};

/** `balance/get` */
export const balance: CompatHandler = async (call) => {
  const code = call.fields.requiredText("method");
  const found = (await balancesOf(call)).find(({ method }) => method.code === code);
  if (!found) throw no("`method` is unknown");
  return { method: code, ...shownIn3(found) };
};

type KnownMethod = { row: CompatMethodRow; method: PayoutMethod };

async function methodsOf(call: CompatCall): Promise<KnownMethod[]> {
  const rows = await listMethodsByDesk(reader(call), ofDesk(call));
  return rows.flatMap((row) => {
    const method = methodOf(row.method);
    return method ? [{ row, method }] : [];
  });
}

const shownMethodIn2 = ({ row, method }: KnownMethod) => ({
  name: method.name,
  enabled: row.enabled,
  extra_commission_percent: exactNumber(trimDecimal(row.extra_percent)),
  minimal_status_level: 0,
  currency: method.currency,
  commission_percent: exactNumber(trimDecimal(row.percent)),
  commission: exactNumber(formatMinor(BigInt(row.fixed), method.precision)),
});

/** `in` are invoices, which only fund a sandbox; `out` are payoffs. */
function shownMethodIn3({ desk }: CompatCall, { row, method }: KnownMethod) {
  const funds = desk.mode === "sandbox" && row.enabled;
  const minor = (text: string) => formatMinor(BigInt(text), method.precision);
  const none = { amount: "0", percent: "0" };
  return {
    method: method.code,
    name: method.name,
    currency: method.currency,
    amount_accuracy: method.precision,
    minimal_status_level: 0,
    settings: {
      in: { enabled: funds, extra_commissions: { amount: "0", percent: trimDecimal(row.extra_percent) } },
      out: { enabled: row.enabled, extra_commissions: none },
    },
    in: { enabled: funds, limits: { min: "0", max: "0" }, commissions: none, fee: null },
    out: {
      enabled: row.enabled,
      limits: { min: minor(row.smallest), max: minor(row.largest) },
      commissions: { amount: minor(row.fixed), percent: trimDecimal(row.percent) },
      fee: null,
    },
  };
}

/** `method/list` */
export const methods: CompatHandler = async (call) => {
  const known = await methodsOf(call);
  if (call.version === "v2")
    return { methods: Object.fromEntries(known.map((each) => [each.method.code, shownMethodIn2(each)])) };
  call.fields.flag("compact");
  return {
    items: phpMap(Object.fromEntries(known.map((each) => [each.method.code, shownMethodIn3(call, each)]))),
  };
};

/** `method/get` */
export const method: CompatHandler = async (call) => {
  const code = call.fields.requiredText("method");
  const found = (await methodsOf(call)).find((each) => each.method.code === code);
  if (!found) throw no("`method` is unknown");
  return shownMethodIn3(call, found);
};

/** What an invoice may cost its payer more, per cent. */
const mostExtraPercent = 100n;

function percentOf({ fields, version }: CompatCall): string | null {
  const given =
    version === "v2"
      ? fields.requiredDecimal("extra_commission_percent")
      : fields.decimal("extra_commission_percent");
  if (given === undefined) return null;
  const text = typeof given === "string" ? given : given.lexeme;
  const ratio = text.length <= 20 ? parseRatio(text) : undefined;
  if (!ratio || ratio.numerator > mostExtraPercent * ratio.denominator)
    throw no(`\`extra_commission_percent\` must be a number from 0 to ${mostExtraPercent}`);
  return trimDecimal(text);
}

/** `method/edit` */
export const editMethod: CompatHandler = async (call) => {
  const { deps, desk, fields, version } = call;
  const code = fields.requiredText("method");
  const extraPercent = percentOf(call);
  const enabled = fields.flag("enabled") ?? null;
  if (enabled === null && version === "v2") throw no("`enabled` field is required");
  if (enabled === null && extraPercent === null)
    throw no("`enabled` or `extra_commission_percent` field is required");
  requireEnabled(desk);
  await deps.ports.db.transaction(desk.workspace_id, async (tx) => {
    if (!(await updateMethod(tx, ofDesk(call), { method: code, enabled, extraPercent })))
      throw no("`method` is unknown");
    await deps.ports.tell(tx, {
      type: "payout_desk.changed",
      projectId: desk.project_id,
      actor: actorOf(desk),
      data: {
        desk: toPublicId("desk", desk.id),
        method: code,
        ...(enabled !== null && { enabled }),
        ...(extraPercent !== null && { extraPercent }),
      },
    });
  });
  return {};
};
