import {
  Badge,
  EmptyState,
  ErrorState,
  ListEnd,
  ListSkeleton,
  RelativeTime,
  Select,
  Table,
  TBody,
  Td,
  THead,
  Th,
  Tr,
} from "@okno/ui";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { Payout, PayoutDesk } from "../../contract.ts";
import { host } from "../host.ts";
import { useT as useCommonT, useMethodName } from "../messages.ts";
import { useAmount } from "../money.ts";
import { methodsQuery, payoutsQuery } from "../queries.ts";
import { useT } from "./messages.ts";
import { boundsOf, PeriodChoice, usePeriod } from "./period.tsx";
import { useAddress } from "./use-address.ts";
import { useGoingOn } from "./use-going-on.ts";

const statuses = ["created", "approving", "processing", "paid", "failed", "cancelled"] as const;

export const statusTone = {
  created: "neutral",
  approving: "info",
  processing: "neutral",
  paid: "good",
  failed: "late",
  cancelled: "neutral",
} as const;

function Line({ payout }: { payout: Payout }) {
  const common = useCommonT();
  const amount = useAmount();
  const locale = host.useLocale();
  const methodName = useMethodName();
  const attended = payout.attention !== null && payout.status === "processing";
  const badge = (
    <Badge tone={attended ? "soon" : statusTone[payout.status]}>{common(`status.${payout.status}`)}</Badge>
  );
  return (
    <Tr>
      <Td className="whitespace-nowrap text-text-3 max-md:hidden">
        <RelativeTime date={new Date(payout.createdAt)} locale={locale} />
      </Td>
      <Td>
        <host.Link
          to={`/payouts/${payout.desk}/${payout.id}`}
          className="font-medium underline-offset-2 hover:underline"
        >
          <bdi className="whitespace-nowrap">{payout.destination}</bdi>
        </host.Link>
        <span className="block text-12 text-text-3">
          {methodName(payout.method)}
          <span className="md:hidden">
            {" "}
            · <RelativeTime date={new Date(payout.createdAt)} locale={locale} />
          </span>
        </span>
      </Td>
      <Td align="end">
        <span className="font-medium whitespace-nowrap">{amount(payout.receive, payout.currency)}</span>
        <span className="mt-1 flex justify-end md:hidden">{badge}</span>
      </Td>
      <Td align="end" className="whitespace-nowrap text-text-2 max-md:hidden">
        {amount(payout.deduction, payout.currency)}
      </Td>
      <Td className="max-md:hidden">{badge}</Td>
    </Tr>
  );
}

function Rows({ payouts }: { payouts: readonly Payout[] }) {
  const t = useT();
  return (
    <Table caption={t("payouts")} frameClassName="rounded-panel border">
      <THead>
        <Tr>
          <Th className="max-md:hidden">{t("col.when")}</Th>
          <Th>{t("col.to")}</Th>
          <Th align="end">{t("col.receives")}</Th>
          <Th align="end" className="max-md:hidden">
            {t("col.deduction")}
          </Th>
          <Th className="max-md:hidden">{t("col.state")}</Th>
        </Tr>
      </THead>
      <TBody>
        {payouts.map((payout) => (
          <Line key={payout.id} payout={payout} />
        ))}
      </TBody>
    </Table>
  );
}

function Found({ desk, narrowed }: { desk: PayoutDesk; narrowed: boolean }) {
  const t = useT();
  const common = useCommonT();
  const { search } = host.usePlace();
  const { status, method } = search;
  const query = useInfiniteQuery(
    payoutsQuery({
      desk: desk.id,
      ...(status && { status }),
      ...(method && { method }),
      ...boundsOf(usePeriod("all")),
    }),
  );
  const payouts = query.data?.pages.flatMap(({ data }) => data);
  const more = query.hasNextPage && !query.isFetchingNextPage && !query.isFetchNextPageError;
  const end = useGoingOn(more, () => void query.fetchNextPage());
  if (query.error && !payouts)
    return (
      <ErrorState
        title={common("load.failed")}
        text={host.errorMessage(query.error)}
        detail={host.requestIdOf(query.error)}
        retryLabel={common("retry")}
        onRetry={() => void query.refetch()}
        retrying={query.isFetching}
      />
    );
  if (!payouts) return <ListSkeleton label={common("loading")} rows={5} />;
  if (payouts.length === 0)
    return narrowed ? (
      <EmptyState title={t("payouts.found.none")} text={t("payouts.found.none.text")} />
    ) : (
      <EmptyState title={t("payouts.none")} text={t("payouts.none.text")} />
    );
  return (
    <>
      <Rows payouts={payouts} />
      <div ref={end}>
        <ListEnd
          loading={query.isFetchingNextPage}
          failed={query.isFetchNextPageError}
          label={t("payouts.more")}
          failedText={t("payouts.more.failed")}
          retryLabel={common("retry")}
          onRetry={() => void query.fetchNextPage()}
        />
      </div>
    </>
  );
}

/** A desk's payouts, the newest first, by state, method and time. */
export function PayoutList({ desk }: { desk: PayoutDesk }) {
  const t = useT();
  const common = useCommonT();
  const methodName = useMethodName();
  const { search, change } = useAddress();
  const { data: methods = [] } = useQuery(methodsQuery(desk.id));
  const chosen = usePeriod("all");
  const narrowed = Boolean(search.status || search.method || chosen.period !== "all");
  return (
    <section aria-labelledby="payout-list" className="flex flex-col gap-3">
      <h2 id="payout-list" className="text-14 font-semibold">
        {t("payouts")}
      </h2>
      <div className="flex flex-wrap gap-2">
        <Select
          aria-label={t("filter.status")}
          value={search.status ?? "all"}
          onValueChange={(next) => change({ status: next === "all" ? undefined : next })}
          options={[
            { value: "all", label: t("filter.status.all") },
            ...statuses.map((value) => ({ value, label: common(`status.${value}`) })),
          ]}
          className="max-w-56"
        />
        <Select
          aria-label={t("filter.method")}
          value={search.method ?? "all"}
          onValueChange={(next) => change({ method: next === "all" ? undefined : next })}
          options={[
            { value: "all", label: t("filter.method.all") },
            ...methods.map((each) => ({ value: each.method, label: methodName(each.method, each.name) })),
          ]}
          className="max-w-56"
        />
        <PeriodChoice
          chosen={chosen}
          onChange={(part) =>
            change(part.period === "all" ? { period: undefined, from: undefined, to: undefined } : part)
          }
        />
      </div>
      <Found desk={desk} narrowed={narrowed} />
    </section>
  );
}
