import type { Webhook, WebhookDelivery } from "@okno/contract";
import { Badge, formatRelative } from "@okno/ui";
import { useLocale } from "../../shared/i18n/i18n.ts";
import { useT } from "./webhook-messages.ts";

type Result = NonNullable<Webhook["last"] | WebhookDelivery["last"]>;

/** What came of an attempt, in a few words: a status, or why there was none. */
export function useResult(): (result: Pick<Result, "status" | "error">) => string {
  const t = useT();
  return ({ status, error }) =>
    status === null ? t(`why.${error ?? "protocol"}`) : t("why.status", { status });
}

/** How an endpoint fares, as a word with its colour. */
export function WebhookState({ webhook }: { webhook: Webhook }) {
  const t = useT();
  if (webhook.state === "disabled") return <Badge>{t("state.disabled")}</Badge>;
  if (webhook.state === "paused") return <Badge tone="late">{t("state.paused")}</Badge>;
  if (webhook.failingSince) return <Badge tone="soon">{t("state.failing")}</Badge>;
  return <Badge tone="good">{t("state.active")}</Badge>;
}

const tones = { waiting: "soon", succeeded: "good", failed: "late", dropped: "neutral" } as const;

export function DeliveryState({ delivery }: { delivery: Pick<WebhookDelivery, "state"> }) {
  const t = useT();
  return <Badge tone={tones[delivery.state]}>{t(`delivery.${delivery.state}`)}</Badge>;
}

/** The latest attempt of an endpoint, as a part of a line. */
export function useLast(webhook: Webhook): string {
  const t = useT();
  const locale = useLocale();
  const resultOf = useResult();
  const { last } = webhook;
  if (!last) return t("last.never");
  const when = formatRelative(new Date(last.at), new Date(), locale, { style: "long" });
  return last.ok ? t("last.ok", { when }) : t("last.failed", { when, why: resultOf(last) });
}

/** An address as it is told from others: without what all of them have. */
export const shortUrl = (url: string) => url.replace(/^https?:\/\//u, "");
