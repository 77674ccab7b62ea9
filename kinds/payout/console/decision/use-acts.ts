import { toast } from "@okno/ui";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Payout } from "../../contract.ts";
import type { PayoutApproval } from "../../contract-approvals.ts";
import { payoutProviderRoutes } from "../../provider-contract.ts";
import { host } from "../host.ts";
import { actorsQuery } from "../queries.ts";
import { useSave } from "../use-save.ts";
import { useT } from "./messages.ts";
import { isInDoubt, isManual } from "./why.tsx";

export type Act = "confirm" | "cancel" | "approve" | "refuse" | "paid" | "failed" | "ask";

/** What this person may do with the payout as it stands, the first of them the one main action. */
function actsFor(
  payout: Payout,
  state: string,
  approval: PayoutApproval | undefined,
  { admin, mine }: { admin: boolean; mine: boolean },
): Act[] {
  const { status } = payout;
  const own: Act[] = approval?.mayDecide ? ["approve", "refuse"] : [];
  const back: Act[] = admin || mine ? ["cancel"] : [];
  if (status === "created") return admin ? ["confirm", ...back] : back;
  if (status === "approving") return [...own, ...back];
  if (approval?.status === "held") return own;
  if (status !== "processing") return [];
  if (isManual(payout)) return admin ? ["paid", "failed"] : [];
  if (isInDoubt(state)) return admin ? ["ask", "paid", "failed"] : ["ask"];
  return [];
}

const keys: Partial<Record<Act, string>> = {
  confirm: "y",
  approve: "y",
  paid: "y",
  refuse: "d",
  failed: "d",
  ask: "p",
};

/** The actions, their keys, and which of them is being asked about. */
export function useActs(payout: Payout, state: string, approval: PayoutApproval | undefined) {
  const t = useT();
  const me = host.useMe();
  const [open, setOpen] = useState<Exclude<Act, "ask">>();
  const admin = host.hasRole(me, "admin", payout.project);
  // Whoever has made it may take it back.
  const { data: events = [] } = useQuery(actorsQuery(payout.id));
  const mine = events.find(({ type }) => type === "payout.created")?.actor.id === me.member.id;
  const acts = actsFor(payout, state, approval, { admin, mine });
  const asking = useSave(() => host.call(payoutProviderRoutes.ask, { params: { id: payout.id } }), {
    onSaved: ({ answer }) =>
      toast({ title: t(`ask.${answer}`), tone: answer === "paid" ? "good" : "neutral" }),
    sayFailure: true,
  });
  const offline = host.useOffline();
  const start = (act: Act) => {
    if (offline) return toast({ title: t("offline") });
    return act === "ask" ? asking.mutate(undefined) : setOpen(act);
  };
  host.useCommands(
    acts.map((act) => ({
      id: `payout.${act}`,
      title: t(`do.${act}`),
      group: "ticket",
      ...(keys[act] && { keys: keys[act] }),
      run: () => start(act),
    })),
  );
  return { acts, keys, open, start, close: () => setOpen(undefined), asking: asking.isPending, admin };
}
