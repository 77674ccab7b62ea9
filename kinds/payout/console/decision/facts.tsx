import type { TicketEvent } from "@okno/contract";
import { formatDateTime, formatRelative } from "@okno/ui";
import { useQuery } from "@tanstack/react-query";
import type { Payout } from "../../contract.ts";
import { mostCounted, type PayoutBackground } from "../../contract-console.ts";
import { Fact, Facts } from "../bits.tsx";
import { host } from "../host.ts";
import { useMethodName } from "../messages.ts";
import { isZero, useAmount } from "../money.ts";
import { actorsQuery, backgroundQuery, balancesQuery, deskQuery } from "../queries.ts";
import { useT } from "./messages.ts";

function useActor(): (actor: TicketEvent["actor"]) => string {
  const t = useT();
  return ({ kind, name }) => {
    if (kind === "system") return t("system");
    if (kind === "key") return name === null ? t("key") : t("by.key", { name });
    return name ?? t("unnamed");
  };
}

/** Who set it up and who let it go, and when: from its history, which names people and keys. */
function Makers({ payout }: { payout: Payout }) {
  const t = useT();
  const locale = host.useLocale();
  const actor = useActor();
  const { data: events = [] } = useQuery(actorsQuery(payout.id));
  const by = (type: string) => events.find((event) => event.type === type);
  const line = (event: TicketEvent | undefined) =>
    event && (
      <>
        <bdi>{actor(event.actor)}</bdi>
        <span className="text-text-3"> · {formatDateTime(new Date(event.at), locale)}</span>
      </>
    );
  const confirmed =
    by("confirmation.confirmed") ?? by("payout.approval_requested") ?? by("payout.processing");
  return (
    <>
      <Fact name={t("created")}>{line(by("payout.created")) ?? "…"}</Fact>
      <Fact name={t("confirmed")}>
        {line(confirmed) ?? <span className="text-text-3">{t("confirmed.not")}</span>}
      </Fact>
    </>
  );
}

function useKnown(): (known: PayoutBackground) => string {
  const t = useT();
  const locale = host.useLocale();
  return ({ paidBefore, notPaidBefore, openBeside, lastPaidAt }) => {
    const paid = paidBefore >= mostCounted ? "known.paid.more" : "known.paid";
    return [
      paidBefore === 0 ? t("known.first") : t(paid, { count: paidBefore }),
      ...(lastPaidAt
        ? [
            t("known.last", {
              when: formatRelative(new Date(lastPaidAt), new Date(), locale, { style: "long" }),
            }),
          ]
        : []),
      ...(notPaidBefore > 0 ? [t("known.not", { count: notPaidBefore })] : []),
      ...(openBeside > 0 ? [t("known.open", { count: openBeside })] : []),
    ].join(" · ");
  };
}

function Known({ payout }: { payout: Payout }) {
  const t = useT();
  const words = useKnown();
  const { data } = useQuery(backgroundQuery(payout.id));
  const first = data?.paidBefore === 0;
  return (
    <Fact name={t("known")}>
      {data ? <span className={first ? "font-medium text-soon" : ""}>{words(data)}</span> : "…"}
    </Fact>
  );
}

function Desk({ payout }: { payout: Payout }) {
  const t = useT();
  const amount = useAmount();
  const { data: desk } = useQuery(deskQuery(payout.desk));
  const me = host.useMe();
  const sees = host.hasRole(me, "supervisor", payout.project);
  const { data: balances } = useQuery({ ...balancesQuery(payout.desk), enabled: sees });
  const balance = balances?.find(({ method }) => method === payout.method);
  return (
    <Fact name={t("desk")}>
      <host.Link to={`/payouts/${payout.desk}`} className="text-accent underline-offset-2 hover:underline">
        <bdi>{desk?.name ?? "…"}</bdi>
      </host.Link>
      {balance ? (
        <span className="text-text-2">
          {" "}
          · {t("desk.available", { amount: amount(balance.available, balance.currency) })}
        </span>
      ) : null}
    </Fact>
  );
}

const gone = { paid: "deduction.paid", failed: "deduction.back", cancelled: "deduction.back" } as const;

function processorName(t: ReturnType<typeof useT>, processor: string): string {
  return processor === "sandbox" || processor === "manual" ? t(`processor.${processor}`) : processor;
}

/** Everything that is to be known before deciding, each under its name. */
export function PayoutFacts({ payout }: { payout: Payout }) {
  const t = useT();
  const amount = useAmount();
  const methodName = useMethodName();
  const { currency, status } = payout;
  const ended = status in gone ? gone[status as keyof typeof gone] : "deduction";
  return (
    <Facts>
      <Known payout={payout} />
      <Desk payout={payout} />
      <Fact name={t("method")}>{methodName(payout.method)}</Fact>
      <Fact name={t(ended)}>{amount(payout.deduction, currency)}</Fact>
      <Fact name={t("commission")}>{amount(payout.commission, currency)}</Fact>
      <Fact name={t("asked")}>{amount(payout.askedAmount, payout.askedCurrency)}</Fact>
      {payout.rubAmount && currency !== "RUB" && !isZero(payout.rubAmount) ? (
        <Fact name={t("rub")}>{amount(payout.rubAmount, "RUB")}</Fact>
      ) : null}
      <Makers payout={payout} />
      <Fact name={t("processor")}>
        <bdi>{processorName(t, payout.processor)}</bdi>
      </Fact>
      <Fact name={t("reference")}>
        {payout.providerReference ? (
          <bdi>{payout.providerReference}</bdi>
        ) : (
          <span className="text-text-3">{t("reference.none")}</span>
        )}
      </Fact>
      {payout.purpose ? (
        <Fact name={t("purpose")}>
          <bdi>{payout.purpose}</bdi>
        </Fact>
      ) : null}
      <Fact name={t("own")}>
        <span className="text-13">{payout.reference}</span>
      </Fact>
    </Facts>
  );
}
