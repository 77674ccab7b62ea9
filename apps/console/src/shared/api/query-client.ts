import { OknoError } from "@okno/sdk";
import { QueryClient } from "@tanstack/react-query";

const mostRetries = 2;

/** The cache of server data. The live stream keeps it fresh, so nothing is fetched again on focus. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5 * 60_000,
      gcTime: 10 * 60_000,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      networkMode: "always",
      retry: (count, error) => count < mostRetries && !(error instanceof OknoError && !error.retryable),
      retryDelay: (attempt) => Math.min(500 * 2 ** attempt, 4000),
    },
    mutations: { networkMode: "always" },
  },
});
