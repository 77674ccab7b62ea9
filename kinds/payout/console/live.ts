import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { host } from "./host.ts";
import { payoutsKey } from "./queries.ts";

/** A burst of events, as of a merchant's night run, asks once. */
const restMs = 400;

/** What happens to payouts, by whomever, is seen while one looks. */
export function usePayoutsLive(): void {
  const client = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const refresh = () => {
    timer.current = undefined;
    void client.invalidateQueries({ queryKey: payoutsKey });
  };
  host.useLiveEvents(({ type, current }) => {
    if (type.startsWith("payout") || current?.kind === "payout")
      timer.current ??= setTimeout(refresh, restMs);
  });
  host.useResync(refresh);
  useEffect(() => () => clearTimeout(timer.current), []);
}
