import { Badge, Button, formatDateTime, formatRelative } from "@okno/ui";
import { useQuery } from "@tanstack/react-query";
import type { Payout, PayoutCallback } from "../../contract.ts";
import { payoutConsoleRoutes } from "../../contract-console.ts";
import { Loaded } from "../bits.tsx";
import { host } from "../host.ts";
import { callbacksQuery } from "../queries.ts";
import { useSave } from "../use-save.ts";
import { useT } from "./messages.ts";

const tones = { succeeded: "good", waiting: "neutral", failed: "late" } as const;

function useLine(): (callback: PayoutCallback) => string {
  const t = useT();
  const locale = host.useLocale();
  return ({ attempts, lastAt, nextAt }) =>
    [
      t("callback.attempts", { count: attempts }),
      ...(lastAt ? [formatDateTime(new Date(lastAt), locale)] : []),
      ...(nextAt
        ? [
            t("callback.next", {
              when: formatRelative(new Date(nextAt), new Date(), locale, { style: "long" }),
            }),
          ]
        : []),
    ].join(" · ");
}

function Entry({ payout, callback }: { payout: Payout; callback: PayoutCallback }) {
  const t = useT();
  const me = host.useMe();
  const line = useLine();
  const replay = useSave(
    () =>
      host.call(payoutConsoleRoutes.replayCallback, {
        params: { id: payout.id, callback: callback.id },
      }),
    { done: t("callback.replayed"), sayFailure: true },
  );
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-1 basis-72">
        <p className="flex flex-wrap items-center gap-2 text-14 font-medium">
          <code className="text-13">{callback.what}</code>
          <Badge tone={tones[callback.state]}>{t(`callback.${callback.state}`)}</Badge>
        </p>
        <p className="mt-0.5 text-13 text-text-3 [overflow-wrap:anywhere]">
          <bdi>{callback.url}</bdi>
        </p>
        <p className="mt-0.5 text-13 text-text-3 tabular-nums">{line(callback)}</p>
        {callback.lastResponse ? (
          <code className="mt-1 block truncate text-12 text-text-2" title={callback.lastResponse}>
            {callback.lastResponse}
          </code>
        ) : null}
      </div>
      {host.hasRole(me, "admin", payout.project) && callback.state !== "waiting" ? (
        <Button size="sm" busy={replay.isPending} onClick={() => replay.mutate(undefined)}>
          {t("callback.replay")}
        </Button>
      ) : null}
    </li>
  );
}

/** How the merchant's address was called back, and calling it again. */
export function Callbacks({ payout }: { payout: Payout }) {
  const t = useT();
  const query = useQuery(callbacksQuery(payout.id));
  return (
    <section aria-labelledby="payout-callbacks">
      <h2 id="payout-callbacks" className="mb-2 text-14 font-semibold">
        {t("callbacks")}
      </h2>
      <Loaded query={query} rows={2}>
        {(callbacks) =>
          callbacks.length === 0 ? (
            <p className="text-14 text-text-3">{t("callbacks.none")}</p>
          ) : (
            <ul aria-label={t("callbacks")} className="divide-y divide-line rounded-panel border">
              {callbacks.map((callback) => (
                <Entry key={callback.id} payout={payout} callback={callback} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </section>
  );
}
