import type { Ticket } from "@okno/contract";
import { Button } from "@okno/ui";
import { useQuery } from "@tanstack/react-query";
import type { Payout } from "../../contract.ts";
import { Loaded } from "../bits.tsx";
import { host } from "../host.ts";
import { usePayoutsLive } from "../live.ts";
import { useAmount } from "../money.ts";
import { approvalQuery, payoutOfTicket, payoutQuery } from "../queries.ts";
import { Approvals } from "./approvals.tsx";
import { Destination, useDestination } from "./destination.tsx";
import { ApproveDialog, CancelDialog, ConfirmDialog, RefuseDialog, ResolveDialog } from "./dialogs.tsx";
import { PayoutFacts } from "./facts.tsx";
import { useT } from "./messages.ts";
import { useActs } from "./use-acts.ts";
import { isInDoubt, isManual, Why } from "./why.tsx";

type Deciding = ReturnType<typeof useActs>;

function Actions({ deciding }: { deciding: Deciding }) {
  const t = useT();
  const { acts, keys, start, asking } = deciding;
  const narrow = host.useNarrow();
  if (acts.length === 0) return null;
  return (
    <div
      role="toolbar"
      aria-label={t("actions")}
      className="sticky bottom-0 z-10 -mx-4 flex flex-wrap gap-2 bg-surface-1 px-4 py-2 max-md:border-t md:-mx-6 md:px-6"
    >
      {acts.map((act, index) => (
        <Button
          key={act}
          variant={index === 0 ? "primary" : "secondary"}
          shortcut={narrow ? undefined : keys[act]}
          busy={act === "ask" && asking}
          onClick={() => start(act)}
          className="max-md:flex-1"
        >
          {t(`do.${act}`)}
        </Button>
      ))}
    </div>
  );
}

function OpenDialog({ payout, deciding }: { payout: Payout; deciding: Deciding }) {
  const { open, close } = deciding;
  if (open === "confirm") return <ConfirmDialog payout={payout} onClose={close} />;
  if (open === "cancel") return <CancelDialog payout={payout} onClose={close} />;
  if (open === "approve") return <ApproveDialog payout={payout} onClose={close} />;
  if (open === "refuse") return <RefuseDialog payout={payout} onClose={close} />;
  if (open === "paid" || open === "failed")
    return <ResolveDialog payout={payout} outcome={open} onClose={close} />;
  return null;
}

/** A payout on one screen: how much, to whom, why a person is needed, what is known, what can be done. */
export function PayoutCard({ payout, state }: { payout: Payout; state: string }) {
  const t = useT();
  const amount = useAmount();
  const destination = useDestination(payout);
  const asked = payout.status === "approving" || isInDoubt(state);
  const { data: approval } = useQuery({ ...approvalQuery(payout.id), enabled: asked });
  const held = approval?.status === "held";
  const deciding = useActs(payout, state, asked ? approval : undefined);
  host.useCommands([
    {
      id: "payout.show",
      title: t("show.key"),
      group: "ticket",
      enabled: destination.may,
      run: destination.show,
    },
  ]);
  const waits = (isInDoubt(state) && !held) || isManual(payout);
  return (
    <article aria-label={t("region")} data-testid="payout" className="@container flex flex-col gap-5 pb-6">
      <div>
        <p className="text-28 font-semibold tabular-nums [overflow-wrap:anywhere]">
          {amount(payout.receive, payout.currency)}
        </p>
        <Destination payout={payout} of={destination} />
      </div>
      <Why payout={payout} state={state} approval={asked ? approval : undefined} />
      {waits && !deciding.admin ? <p className="text-13 text-text-3">{t("only")}</p> : null}
      {approval && asked && approval.status !== "none" ? <Approvals approval={approval} /> : null}
      <PayoutFacts payout={payout} />
      <Actions deciding={deciding} />
      <OpenDialog payout={payout} deciding={deciding} />
    </article>
  );
}

/** In the inbox: the payout that a ticket is. */
export function Decision({ ticket }: { ticket: Ticket }) {
  const query = useQuery(payoutQuery(payoutOfTicket(ticket.id)));
  usePayoutsLive();
  return <Loaded query={query}>{(payout) => <PayoutCard payout={payout} state={ticket.state} />}</Loaded>;
}
