import { OknoError } from "@okno/sdk";
import {
  Banner,
  Field,
  formatDateTime,
  SegmentedControl,
  Select,
  Skeleton,
  TextField,
  toast,
} from "@okno/ui";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type PayoutDesk, type PayoutQuote, payoutRoutes, type SubtractFrom } from "../../contract.ts";
import { FormDialog } from "../bits.tsx";
import { host } from "../host.ts";
import { useT as useCommonT, useMethodName } from "../messages.ts";
import { isZero, readAmount, useAmount } from "../money.ts";
import { balancesQuery, methodsQuery } from "../queries.ts";
import { useKeyFor, useSave } from "../use-save.ts";
import { useT } from "./messages.ts";
import { useQuote } from "./use-quote.ts";

type Draft = {
  method: string | undefined;
  typed: string;
  from: SubtractFrom;
  destination: string;
  extra: string;
  purpose: string;
};

const nothing: Draft = {
  method: undefined,
  typed: "",
  from: "balance",
  destination: "",
  extra: "",
  purpose: "",
};

const extraOf = (method: string): "bank" | "memo" | undefined => {
  if (method.startsWith("SBP")) return "bank";
  return method === "TONCOIN" ? "memo" : undefined;
};

function Sums({ quote, asking }: { quote: PayoutQuote | undefined; asking: boolean }) {
  const t = useT();
  const amount = useAmount();
  const locale = host.useLocale();
  if (!quote)
    return (
      <div className="flex min-h-24 items-center rounded-panel bg-surface-2 px-4 py-3 text-13 text-text-3">
        {asking ? <Skeleton className="h-4 w-40" /> : t("quote.wait")}
      </div>
    );
  const { receive, commission, deduction, currency, expiresAt } = quote;
  const until = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" }).format(
    new Date(expiresAt),
  );
  return (
    <section aria-label={t("quote")} aria-live="polite" className="rounded-panel bg-surface-2 px-4 py-3">
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-14">
        <dt className="text-text-2">{t("quote.receive")}</dt>
        <dd className="text-right font-semibold tabular-nums">{amount(receive, currency)}</dd>
        <dt className="text-text-2">{t("quote.commission")}</dt>
        <dd className="text-right tabular-nums">{amount(commission, currency)}</dd>
        <dt className="text-text-2">{t("quote.deduction")}</dt>
        <dd className="text-right tabular-nums">{amount(deduction, currency)}</dd>
      </dl>
      <p className="mt-2 text-12 text-text-3">{t("quote.until", { time: until })}</p>
    </section>
  );
}

type Limit = { limit?: string; why?: string; resetsAt?: string | null };

/** Which limit was reached: of the method, or one that the desk has set for itself. */
function useLimitWords(bounds: { smallest: string; largest: string } | undefined): (limit: Limit) => string {
  const t = useT();
  const locale = host.useLocale();
  return ({ limit, why, resetsAt }) => {
    if (limit === "new_destination" && resetsAt)
      return t("payout.limit.new_destination", { time: formatDateTime(new Date(resetsAt), locale) });
    if (limit === "payout" || limit === "day" || limit === "key_day") return t(`payout.limit.${limit}`);
    if (why === "nothing_left") return t("payout.limit.nothing_left");
    return bounds && limit === undefined ? t("payout.limit", bounds) : t("payout.limit.other");
  };
}

/** What the server's refusals mean beside the fields. */
function useErrors(error: unknown, bounds: { smallest: string; largest: string } | undefined) {
  const t = useT();
  const limitWords = useLimitWords(bounds);
  const code = error instanceof OknoError ? error.code : undefined;
  const details = (error instanceof OknoError && error.problem?.details) || {};
  const limit = code === "limit_reached" ? limitWords(details as Limit) : undefined;
  const late = (details as Limit).limit === "new_destination";
  return {
    amount: code === "insufficient_funds" ? t("payout.short") : late ? undefined : limit,
    destination: code === "destination_refused" ? t("payout.destination.wrong") : late ? limit : undefined,
    expired: code === "quote_expired",
  };
}

/** What is being asked for, with the server's word on it. */
function useDraft(desk: PayoutDesk) {
  const { data: all } = useQuery(methodsQuery(desk.id));
  const { data: balances } = useQuery(balancesQuery(desk.id));
  const [draft, setDraft] = useState<Draft>(nothing);
  const [round, setRound] = useState(0);
  const methods = all?.filter(({ enabled }) => enabled) ?? [];
  // What has money first: that is what one pays by.
  const held = balances?.find(({ available }) => !isZero(available))?.method;
  const by = (code: string | undefined) => methods.find((each) => each.method === code);
  const method = by(draft.method) ?? by(held) ?? methods[0];
  const amount = readAmount(draft.typed);
  const asked =
    method && amount !== undefined
      ? { desk: desk.id, method: method.method, amount, subtractFrom: draft.from }
      : undefined;
  return {
    draft,
    change: (part: Partial<Draft>) => setDraft({ ...draft, ...part }),
    methods,
    none: all !== undefined && methods.length === 0,
    method,
    amount,
    asked,
    quoted: useQuote(asked, round),
    quoteAnew: () => setRound(round + 1),
  };
}

type Drafting = ReturnType<typeof useDraft>;

/** What is sent: empty fields are left out. */
function bodyOf({ draft, method, asked, quoted }: Drafting) {
  const extra = method && extraOf(method.method) && draft.extra.trim();
  const purpose = draft.purpose.trim();
  return {
    ...asked,
    destination: draft.destination.trim(),
    ...(extra && { destinationExtra: extra }),
    ...(purpose && { purpose }),
    ...(quoted.quote && { quote: quoted.quote.id }),
  };
}

type PartProps = { drafting: Drafting; tried: boolean; error: string | undefined };

function HowMuch({ drafting, tried, error }: PartProps) {
  const t = useT();
  const common = useCommonT();
  const methodName = useMethodName();
  const { draft, change, methods, method, amount } = drafting;
  return (
    <>
      <Field label={t("method")}>
        <Select
          options={methods.map((each) => ({ value: each.method, label: methodName(each.method, each.name) }))}
          value={method?.method}
          onValueChange={(next) => change({ method: next })}
        />
      </Field>
      <div className="grid gap-4 md:grid-cols-[minmax(0,1fr)_auto]">
        <Field
          label={t("payout.amount")}
          error={error ?? (tried && amount === undefined && common("amount.wrong"))}
          required
        >
          <TextField
            inputMode="decimal"
            autoComplete="off"
            maxLength={60}
            suffix={method?.currency}
            value={draft.typed}
            onChange={(event) => change({ typed: event.target.value })}
            className="tabular-nums"
          />
        </Field>
        <div className="flex flex-col gap-1.5">
          <span aria-hidden="true" className="text-13 font-medium">
            {t("payout.from")}
          </span>
          <SegmentedControl<SubtractFrom>
            label={t("payout.from")}
            value={draft.from}
            onValueChange={(from) => change({ from })}
            options={[
              { value: "balance", label: t("payout.from.balance") },
              { value: "amount", label: t("payout.from.amount") },
            ]}
          />
        </div>
      </div>
    </>
  );
}

function ToWhom({ drafting, tried, error }: PartProps) {
  const t = useT();
  const { draft, change, method } = drafting;
  const extraKind = method && extraOf(method.method);
  const empty = draft.destination.trim() === "";
  return (
    <>
      <Field
        label={t("payout.destination")}
        hint={t("payout.destination.hint")}
        error={error ?? (tried && empty && t("payout.destination.empty"))}
        required
      >
        <TextField
          autoComplete="off"
          spellCheck={false}
          maxLength={300}
          value={draft.destination}
          onChange={(event) => change({ destination: event.target.value })}
        />
      </Field>
      {extraKind ? (
        <Field label={t(`payout.extra.${extraKind}`)} note={t("optional")}>
          <TextField
            autoComplete="off"
            maxLength={300}
            value={draft.extra}
            onChange={(event) => change({ extra: event.target.value })}
          />
        </Field>
      ) : null}
      <Field label={t("payout.purpose")} note={t("optional")}>
        <TextField
          maxLength={300}
          value={draft.purpose}
          onChange={(event) => change({ purpose: event.target.value })}
        />
      </Field>
    </>
  );
}

/** A payout by hand: the server says what it costs while one types, and whether there is such a receiver. */
export function NewPayout({ desk, onClose }: { desk: PayoutDesk; onClose: () => void }) {
  const t = useT();
  const go = host.useGo();
  const amountOf = useAmount();
  const keyFor = useKeyFor();
  const drafting = useDraft(desk);
  const { asked, method, quoted, draft, none } = drafting;
  const [tried, setTried] = useState(false);
  const create = useSave(
    (body: object) => host.call(payoutRoutes.create, { body, idempotencyKey: keyFor(body) }),
    {
      onSaved: ({ id }) => {
        toast({ title: t("payout.created"), tone: "good" });
        onClose();
        go(`/payouts/${desk.id}/${id}`);
      },
    },
  );
  const bounds = method && {
    smallest: amountOf(method.smallest, method.currency),
    largest: amountOf(method.largest, method.currency),
  };
  const error = create.error ?? quoted.error;
  const refused = useErrors(error, bounds);
  const beside = refused.amount !== undefined || refused.destination !== undefined || refused.expired;
  return (
    <FormDialog
      title={t("payout.new")}
      text={t("payout.create.text")}
      submitLabel={t("payout.create")}
      busy={create.isPending}
      error={beside ? undefined : error}
      onClose={onClose}
      onSubmit={() => {
        setTried(true);
        if (refused.expired) {
          create.reset();
          return drafting.quoteAnew();
        }
        if (asked && draft.destination.trim() !== "" && quoted.quote) create.mutate(bodyOf(drafting));
      }}
    >
      {none ? <Banner tone="soon">{t("payout.no.methods")}</Banner> : null}
      <HowMuch drafting={drafting} tried={tried} error={refused.amount} />
      <Sums quote={quoted.quote} asking={asked !== undefined && quoted.asking} />
      {refused.expired ? <Banner tone="soon">{t("quote.expired")}</Banner> : null}
      <ToWhom drafting={drafting} tried={tried} error={refused.destination} />
    </FormDialog>
  );
}
