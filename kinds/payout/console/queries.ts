import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { payoutDeskRoutes, payoutRateRoutes, payoutRoutes } from "../contract.ts";
import { payoutApprovalRoutes } from "../contract-approvals.ts";
import { payoutConsoleRoutes } from "../contract-console.ts";
import { host } from "./host.ts";

/** Everything this half reads stands under this key: an event of payouts makes it stale. */
export const payoutsKey = ["kind.payout"] as const;

const pageSize = 50;
const next = (last: { nextCursor: string | null }) => last.nextCursor ?? undefined;
const first = undefined as string | undefined;

/** A payout and its ticket are one thing under two prefixes. */
export const payoutOfTicket = (ticket: string) => `pay_${ticket.slice("tkt_".length)}`;

export function payoutQuery(id: string) {
  return queryOptions({
    queryKey: [...payoutsKey, "one", id],
    queryFn: ({ signal }) => host.call(payoutRoutes.get, { params: { id }, signal }),
  });
}

/** What the rest of the ledger says of its receiver. */
export function backgroundQuery(id: string) {
  return queryOptions({
    queryKey: [...payoutsKey, "background", id],
    queryFn: ({ signal }) => host.call(payoutConsoleRoutes.background, { params: { id }, signal }),
  });
}

/** Whose approval it waits for. */
export function approvalQuery(id: string) {
  return queryOptions({
    queryKey: [...payoutsKey, "approval", id],
    queryFn: ({ signal }) => host.call(payoutApprovalRoutes.get, { params: { id }, signal }),
  });
}

/** Who did what, for those who created and confirmed it. */
export function actorsQuery(id: string) {
  return queryOptions({
    queryKey: [...payoutsKey, "actors", id],
    queryFn: async ({ signal }) =>
      (await host.call(payoutRoutes.events, { params: { id }, query: { limit: 100 }, signal })).data,
  });
}

export function callbacksQuery(id: string) {
  return queryOptions({
    queryKey: [...payoutsKey, "callbacks", id],
    queryFn: async ({ signal }) => (await host.call(payoutRoutes.callbacks, { params: { id }, signal })).data,
  });
}

export const desksQuery = infiniteQueryOptions({
  queryKey: [...payoutsKey, "desks"],
  queryFn: ({ pageParam, signal }) =>
    host.call(payoutDeskRoutes.list, { query: { limit: pageSize, cursor: pageParam }, signal }),
  initialPageParam: first,
  getNextPageParam: next,
});

export function deskQuery(id: string) {
  return queryOptions({
    queryKey: [...payoutsKey, "desk", id],
    queryFn: ({ signal }) => host.call(payoutDeskRoutes.get, { params: { id }, signal }),
  });
}

export function balancesQuery(desk: string) {
  return queryOptions({
    queryKey: [...payoutsKey, "balances", desk],
    queryFn: async ({ signal }) =>
      (await host.call(payoutDeskRoutes.balances, { params: { id: desk }, signal })).data,
  });
}

export function methodsQuery(desk: string) {
  return queryOptions({
    queryKey: [...payoutsKey, "methods", desk],
    queryFn: async ({ signal }) =>
      (await host.call(payoutDeskRoutes.methods, { params: { id: desk }, signal })).data,
  });
}

export const ratesQuery = queryOptions({
  queryKey: [...payoutsKey, "rates"],
  queryFn: async ({ signal }) => (await host.call(payoutRateRoutes.list, { signal })).data,
});

export function rulesQuery(desk: string) {
  return queryOptions({
    queryKey: [...payoutsKey, "rules", desk],
    queryFn: async ({ signal }) =>
      (await host.call(payoutApprovalRoutes.rules, { params: { id: desk }, signal })).data,
  });
}

export function guardsQuery(desk: string) {
  return queryOptions({
    queryKey: [...payoutsKey, "guards", desk],
    queryFn: ({ signal }) => host.call(payoutApprovalRoutes.guards, { params: { id: desk }, signal }),
  });
}

export type PayoutFilters = { desk: string; status?: string; method?: string; from?: string; to?: string };

export function payoutsQuery(filters: PayoutFilters) {
  return infiniteQueryOptions({
    queryKey: [...payoutsKey, "list", filters],
    queryFn: ({ pageParam, signal }) =>
      host.call(payoutRoutes.list, { query: { ...filters, limit: pageSize, cursor: pageParam }, signal }),
    initialPageParam: first,
    getNextPageParam: next,
  });
}

/** Open at an end that is absent. */
export type Period = { from?: string; to?: string };

export function statementQuery(desk: string, method: string, { from, to }: Period) {
  return infiniteQueryOptions({
    queryKey: [...payoutsKey, "statement", desk, method, from, to],
    queryFn: ({ pageParam, signal }) =>
      host.call(payoutDeskRoutes.statement, {
        params: { id: desk },
        query: { method, from, to, limit: 100, cursor: pageParam },
        signal,
      }),
    initialPageParam: first,
    getNextPageParam: next,
  });
}
