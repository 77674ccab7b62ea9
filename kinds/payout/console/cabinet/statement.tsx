import {
  EmptyState,
  ErrorState,
  formatDateTime,
  ListEnd,
  ListSkeleton,
  Select,
  Table,
  TBody,
  Td,
  THead,
  Th,
  Tr,
} from "@okno/ui";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { FileDown } from "lucide-react";
import { type PayoutDesk, payoutDeskRoutes, type StatementEntry } from "../../contract.ts";
import { payoutConsoleRoutes } from "../../contract-console.ts";
import { Loaded } from "../bits.tsx";
import { host } from "../host.ts";
import { useT as useCommonT, useMethodName } from "../messages.ts";
import { isZero, useAmount } from "../money.ts";
import { balancesQuery, methodsQuery, statementQuery } from "../queries.ts";
import { useT } from "./messages.ts";
import { boundsOf, PeriodChoice, usePeriod } from "./period.tsx";
import { useAddress } from "./use-address.ts";
import { useGoingOn } from "./use-going-on.ts";

type Bounds = ReturnType<typeof boundsOf>;

function Download({
  path,
  query,
  children,
}: {
  path: string;
  query: Record<string, string>;
  children: string;
}) {
  return (
    <a
      href={`${path}?${new URLSearchParams(query)}`}
      download
      className="flex h-control items-center gap-2 rounded-control border border-line-strong px-3 text-14 font-medium transition-colors hover:bg-hover [&_svg]:size-4"
    >
      <FileDown aria-hidden="true" />
      {children}
    </a>
  );
}

function Total({ name, value, loud = false }: { name: string; value: string; loud?: boolean }) {
  return (
    <div className="min-w-0">
      <dt className="text-12 text-text-3">{name}</dt>
      <dd className={loud ? "text-20 font-semibold tabular-nums" : "text-20 tabular-nums"}>{value}</dd>
    </div>
  );
}

type Totals = { opening: string; incoming: string; outgoing: string; closing: string };

/** The sum that must come out: what was there, what came, what went, what is there. */
function Reconciled({ totals, currency }: { totals: Totals; currency: string }) {
  const t = useT();
  const amount = useAmount();
  const { opening, incoming, outgoing, closing } = totals;
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-3 rounded-panel bg-surface-2 px-4 py-3 md:grid-cols-4">
      <Total name={t("opening")} value={amount(opening, currency)} />
      <Total name={`+ ${t("in")}`} value={amount(incoming, currency)} />
      <Total name={`− ${t("out")}`} value={amount(outgoing, currency)} />
      <Total name={`= ${t("closing")}`} value={amount(closing, currency)} loud />
    </dl>
  );
}

function EntryLine({ desk, entry }: { desk: string; entry: StatementEntry }) {
  const t = useT();
  const amount = useAmount();
  const locale = host.useLocale();
  const short = new Intl.DateTimeFormat(locale, { dateStyle: "short", timeStyle: "short" });
  const changed = entry.available;
  const sign = changed.startsWith("-") ? "−" : "+";
  const size = changed.replace("-", "");
  return (
    <Tr>
      <Td className="whitespace-nowrap text-text-3 tabular-nums">
        <time dateTime={entry.at} title={formatDateTime(new Date(entry.at), locale)}>
          {short.format(new Date(entry.at))}
        </time>
      </Td>
      <Td>{t(`what.${entry.what}`)}</Td>
      <Td className="text-13 max-md:hidden">
        {entry.payout ? (
          <host.Link
            to={`/payouts/${desk}/${entry.payout}`}
            className="text-accent underline-offset-2 hover:underline"
          >
            {entry.reference ?? entry.payout}
          </host.Link>
        ) : null}
      </Td>
      <Td align="end" className="whitespace-nowrap text-text-2 max-md:hidden">
        {amount(entry.amount, entry.currency)}
      </Td>
      <Td align="end" className={isZero(size) ? "text-text-3" : "font-medium whitespace-nowrap"}>
        {isZero(size) ? "–" : `${sign}${amount(size, entry.currency)}`}
      </Td>
    </Tr>
  );
}

function Entries({
  desk,
  method,
  currency,
  bounds,
}: {
  desk: PayoutDesk;
  method: string;
  currency: string;
  bounds: Bounds;
}) {
  const t = useT();
  const common = useCommonT();
  const query = useInfiniteQuery(statementQuery(desk.id, method, bounds));
  const [first] = query.data?.pages ?? [];
  const entries = query.data?.pages.flatMap(({ data }) => data) ?? [];
  const more = query.hasNextPage && !query.isFetchingNextPage && !query.isFetchNextPageError;
  const end = useGoingOn(more, () => void query.fetchNextPage());
  if (query.error && !first)
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
  if (!first) return <ListSkeleton label={common("loading")} rows={5} />;
  return (
    <>
      <Reconciled totals={first} currency={currency} />
      {entries.length === 0 ? (
        <EmptyState title={t("statement.none")} text={t("statement.none.text")} />
      ) : (
        <Table caption={t("statement")} frameClassName="rounded-panel border">
          <THead>
            <Tr>
              <Th>{t("col.when")}</Th>
              <Th>{t("col.what")}</Th>
              <Th className="max-md:hidden">{t("col.payout")}</Th>
              <Th align="end" className="max-md:hidden">
                {t("payout.amount")}
              </Th>
              <Th align="end">{t("col.change")}</Th>
            </Tr>
          </THead>
          <TBody>
            {entries.map((entry) => (
              <EntryLine key={entry.id} desk={desk.id} entry={entry} />
            ))}
          </TBody>
        </Table>
      )}
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

/** Everything that moved on a desk by one method, with the sum that must come out, here and as a file. */
export function StatementPart({ desk }: { desk: PayoutDesk }) {
  const t = useT();
  const locale = host.useLocale();
  const methodName = useMethodName();
  const { search, change } = useAddress();
  const chosen = usePeriod("month");
  const methods = useQuery(methodsQuery(desk.id));
  const { data: balances } = useQuery(balancesQuery(desk.id));
  return (
    <Loaded query={methods}>
      {(all) => {
        // What has money first: that is what one opens a statement for.
        const held = balances?.find(({ available }) => !isZero(available))?.method;
        const wanted = search.method ?? held;
        const method = all.find((each) => each.method === wanted) ?? all[0];
        if (!method) return <EmptyState title={t("statement.none")} />;
        const bounds = boundsOf(chosen);
        const query = { method: method.method, ...bounds };
        const path = (route: { path: string }) => route.path.replace("{id}", desk.id);
        return (
          <section aria-label={t("statement")} className="flex flex-col gap-4">
            <div className="flex flex-wrap items-center gap-2">
              <Select
                aria-label={t("filter.method")}
                value={method.method}
                onValueChange={(next) => change({ method: next })}
                options={all.map((each) => ({
                  value: each.method,
                  label: methodName(each.method, each.name),
                }))}
                className="max-w-56"
              />
              <PeriodChoice chosen={chosen} onChange={change} />
              <span className="flex flex-wrap gap-2 md:ml-auto">
                <Download path={path(payoutDeskRoutes.statementCsv)} query={query}>
                  {t("csv")}
                </Download>
                <Download path={path(payoutConsoleRoutes.statementPdf)} query={{ ...query, lang: locale }}>
                  {t("pdf")}
                </Download>
              </span>
            </div>
            <Entries desk={desk} method={method.method} currency={method.currency} bounds={bounds} />
          </section>
        );
      }}
    </Loaded>
  );
}
