import { routes } from "@okno/contract";
import { Badge, NoAccessState } from "@okno/ui";
import { useQuery } from "@tanstack/react-query";
import type { Payout } from "../../contract.ts";
import { Loaded } from "../bits.tsx";
import { PayoutCard } from "../decision/decision.tsx";
import { host } from "../host.ts";
import { useT as useCommonT } from "../messages.ts";
import { payoutQuery, payoutsKey } from "../queries.ts";
import { Callbacks } from "./callbacks.tsx";
import { Frame } from "./frame.tsx";
import { useT } from "./messages.ts";
import { statusTone } from "./payout-list.tsx";

/** The state of its ticket says what its status does not: whether it is in doubt. */
const ticketQuery = (id: string) => ({
  queryKey: [...payoutsKey, "ticket", id],
  queryFn: ({ signal }: { signal: AbortSignal }) => host.call(routes.tickets.get, { params: { id }, signal }),
});

function Page({ payout }: { payout: Payout }) {
  const t = useT();
  const common = useCommonT();
  const ticket = useQuery(ticketQuery(payout.ticket));
  return (
    <Frame
      back={{ to: `/payouts/${payout.desk}`, text: t("to.desk") }}
      name={t("page.payout", { reference: payout.reference })}
      title={
        <>
          <span>{t("payout")}</span>
          <Badge tone={statusTone[payout.status]}>{common(`status.${payout.status}`)}</Badge>
        </>
      }
      action={
        <host.Link
          to={`/tickets/${payout.ticket}`}
          className="flex h-control items-center rounded-control border border-line-strong px-3 text-14 font-medium hover:bg-hover"
        >
          {t("open.ticket")}
        </host.Link>
      }
    >
      <Loaded query={ticket}>{({ state }) => <PayoutCard payout={payout} state={state} />}</Loaded>
      <Callbacks payout={payout} />
    </Frame>
  );
}

/** One payout in the cabinet: the same card as in the inbox, and how the merchant was called back. */
export function PayoutPage({ desk, id }: { desk: string; id: string }) {
  const common = useCommonT();
  const query = useQuery(payoutQuery(id));
  const missing = host.isRefusal(query.error, "not_found") || (query.data && query.data.desk !== desk);
  if (missing)
    return (
      <main className="h-full">
        <NoAccessState
          className="h-full"
          title={common("load.failed")}
          text={query.error ? host.errorMessage(query.error) : undefined}
        />
      </main>
    );
  if (query.data) return <Page payout={query.data} />;
  return (
    <main className="mx-auto h-full w-full max-w-5xl px-4 py-6 md:px-8">
      <Loaded query={query}>{() => null}</Loaded>
    </main>
  );
}
