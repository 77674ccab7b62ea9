import type { Route } from "@okno/contract";
import { payoutDeskRoutes, payoutRoutes } from "@okno/kind-payout/contract";
import { callRoute, type OknoClient } from "@okno/sdk";
import { adminKey } from "./server-process.ts";

type Input = { params?: Record<string, string>; body?: unknown };

/** Calls a route of payouts as an integrator's program does. */
export const askPayouts =
  (url: string) =>
  <R extends Route>(route: R, input: Input) =>
    callRoute({ baseUrl: url, key: adminKey }, route, { ...input, idempotencyKey: crypto.randomUUID() });

/** A sandbox desk with money. */
export async function makeDesk(url: string, body: { name: string; project: string }): Promise<string> {
  const ask = askPayouts(url);
  const { id } = await ask(payoutDeskRoutes.create, { body: { ...body, mode: "sandbox" } });
  await ask(payoutDeskRoutes.fund, { params: { id }, body: { method: "TEST", amount: "250000" } });
  return id;
}

/** A confirmed payout; what becomes of it stands at the end of its destination. */
export async function payOut(url: string, desk: string, order: { amount: string; destination: string }) {
  const ask = askPayouts(url);
  const body = { desk, method: "TEST", subtractFrom: "balance", ...order };
  const made = await ask(payoutRoutes.create, { body });
  return ask(payoutRoutes.confirm, { params: { id: made.id }, body: { version: made.version } });
}

/** A payout of which the provider cannot say what became: it has come into the inbox. */
export async function doubtfulPayout(client: OknoClient, url: string, desk: string) {
  const { id, ticket } = await payOut(url, desk, { amount: "12000.50", destination: "ООО Лампа unknown" });
  for (let tries = 0; tries < 100; tries += 1) {
    if ((await client.tickets.get({ params: { id: ticket } })).state === "checking") return { id, ticket };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("the payout did not come into doubt");
}
