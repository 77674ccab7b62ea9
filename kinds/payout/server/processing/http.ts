import { type KindPorts, type OutgoingAnswer, OutgoingRefused } from "@okno/kit";
import { webhookHeaders } from "@okno/signing";
import type { PayOrder, Processor, ProviderAnswer, ProviderWord } from "./processor.ts";
import { destinationDigest, orderKey, parseWord, readWord } from "./provider-word.ts";
import { type Provider, providerById, secretOf } from "./providers.ts";

const timeoutMs = 20_000;
const maxBytes = 16_384;

const doubt = (why: string): ProviderWord => ({ state: "unknown", reference: null, why });

/** The words of an order, in the order of the guide. */
export function orderBody(order: PayOrder): string {
  const { method, currency, amount, destination, destinationExtra } = order;
  const digest = destinationDigest(order);
  return JSON.stringify({
    key: orderKey(order.key),
    method,
    currency,
    amount,
    destination,
    destinationExtra,
    destinationDigest: digest,
  });
}

function statusAddress({ status_url: url }: Provider, order: PayOrder): string {
  const key = encodeURIComponent(orderKey(order.key));
  if (url.includes("{key}")) return url.replace("{key}", key);
  return `${url}${url.includes("?") ? "&" : "?"}key=${key}`;
}

/** Only a body that names the order is an answer, under a status that goes with it: an error page of something in between is none. */
function answerOf(order: PayOrder, { status, body }: OutgoingAnswer): ProviderAnswer {
  const word = parseWord(body);
  const fits =
    (status >= 200 && status < 300 && word?.state !== "absent") ||
    (status === 404 && word?.state === "absent") ||
    (status === 422 && word?.state === "failed");
  const read = word && fits ? readWord(order, word) : undefined;
  if (read?.ok) return read.answer;
  if (read?.why === "disagrees") return doubt("provider_disagrees");
  throw new Error(`the provider answered ${status} without a word about the order`);
}

/** A provider elsewhere that speaks the protocol of docs/guides/payout-provider.md. */
export function createHttpProcessor(ports: KindPorts): Processor {
  async function call(
    order: PayOrder,
    provider: Provider,
    { method, url, body }: { method: "GET" | "POST"; url: string; body: string },
  ): Promise<ProviderAnswer> {
    const timestamp = Math.floor(ports.clock.now().getTime() / 1000);
    const key = orderKey(order.key);
    const headers = {
      ...webhookHeaders([secretOf(ports, provider)], { id: key, timestamp, body }),
      accept: "application/json",
      ...(method === "POST" && { "content-type": "application/json", "idempotency-key": `"${key}"` }),
    };
    try {
      const sent = { method, headers, timeoutMs, maxBytes, ...(method === "POST" && { body }) };
      return answerOf(order, await ports.outgoing.call(url, sent));
    } catch (error) {
      // Nothing was sent, and nothing will be: the address itself is not one that may be called.
      if (error instanceof OutgoingRefused) return doubt("provider_address");
      throw error;
    }
  }

  const providerOf = async ({ workspaceId, providerId }: PayOrder) =>
    providerId === null ? undefined : providerById(ports.db.in(workspaceId), workspaceId, providerId);

  return {
    name: "http",
    // Longer than a call may take, and what may stand in a queue between us.
    quietMs: 60_000,
    async send(order) {
      const provider = await providerOf(order);
      if (!provider) return doubt("no_provider");
      const body = orderBody(order);
      const answer = await call(order, provider, { method: "POST", url: provider.url, body });
      if (answer.state === "absent") throw new Error("the provider took no order");
      return answer;
    },
    async find(order) {
      const provider = await providerOf(order);
      if (!provider) return doubt("no_provider");
      return call(order, provider, { method: "GET", url: statusAddress(provider, order), body: "" });
    },
  };
}
