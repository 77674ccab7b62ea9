import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { SubtractFrom } from "../../contract.ts";
import { payoutRoutes } from "../../contract.ts";
import { host } from "../host.ts";
import { payoutsKey } from "../queries.ts";
import { useKeyFor } from "../use-save.ts";

/** What one types reaches the server in amounts, not digits. */
const restMs = 350;

export type Asked = { desk: string; method: string; amount: string; subtractFrom: SubtractFrom };

function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  const text = JSON.stringify(value);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text says whether it is another value
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), restMs);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

/** The server's own word on what a payout costs, asked for while one types; `round` asks anew where a quote has run out. */
export function useQuote(asked: Asked | undefined, round: number) {
  const settled = useSettled(asked);
  const keyFor = useKeyFor();
  const current = JSON.stringify(settled) === JSON.stringify(asked);
  const query = useQuery({
    queryKey: [...payoutsKey, "quote", settled, round],
    queryFn: ({ signal }) =>
      host.call(payoutRoutes.quote, { body: settled, idempotencyKey: keyFor([settled, round]), signal }),
    enabled: settled !== undefined,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  return {
    quote: current ? query.data : undefined,
    error: current ? query.error : null,
    asking: query.isFetching || !current,
  };
}
