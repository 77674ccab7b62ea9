import { Button } from "@okno/ui";
import { Eye, EyeOff } from "lucide-react";
import { type Payout, payoutRoutes } from "../../contract.ts";
import { host } from "../host.ts";
import { useSave } from "../use-save.ts";
import { useT } from "./messages.ts";

/** The receiver, masked; in full for administrators who ask, which the journal keeps. Nothing of it outlives the screen. */
export function useDestination(payout: Payout) {
  const me = host.useMe();
  const may = host.hasRole(me, "admin", payout.project);
  const full = useSave(() => host.call(payoutRoutes.destination, { params: { id: payout.id } }), {
    sayFailure: true,
  });
  return { may, full, show: () => full.mutate(undefined), hide: () => full.reset() };
}

export function Destination({ payout, of }: { payout: Payout; of: ReturnType<typeof useDestination> }) {
  const t = useT();
  const { may, full, show, hide } = of;
  const shown = full.data;
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <bdi className="min-w-0 text-16 tabular-nums [overflow-wrap:anywhere]">
        {shown?.destination ?? payout.destination}
      </bdi>
      {shown?.destinationExtra ? (
        <span className="text-14 text-text-2">
          {t("destination.extra")}: <bdi>{shown.destinationExtra}</bdi>
        </span>
      ) : null}
      {may ? (
        <Button
          size="sm"
          variant="ghost"
          icon={shown ? <EyeOff /> : <Eye />}
          busy={full.isPending}
          onClick={shown ? hide : show}
        >
          {t(shown ? "hide" : "show")}
        </Button>
      ) : null}
      {shown ? <span className="text-12 text-text-3">{t("show.note")}</span> : null}
    </div>
  );
}
