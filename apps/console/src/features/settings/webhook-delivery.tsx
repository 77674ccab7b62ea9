import type { WebhookDeliveryDetail } from "@okno/contract";
import { Button, formatDateTime, Sheet } from "@okno/ui";
import { useQuery } from "@tanstack/react-query";
import { api } from "../../shared/api/client.ts";
import { useLocale } from "../../shared/i18n/i18n.ts";
import { useT as useCommonT } from "./messages.ts";
import { Loaded } from "./page.tsx";
import { useSave } from "./use-save.ts";
import { useT } from "./webhook-messages.ts";
import { DeliveryState, useResult } from "./webhook-state.tsx";
import { deliveriesKey, deliveryQuery } from "./webhooks-query.ts";

function readable(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}

/** Text of a program: in its own letters, as wide as there is room, scrolled by keyboard too. */
function Code({ label, children }: { label: string; children: string }) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
      tabIndex={0}
      className="max-h-80 overflow-auto rounded-control bg-surface-3 p-3"
    >
      <pre className="text-12 whitespace-pre-wrap [overflow-wrap:anywhere]">{children}</pre>
    </section>
  );
}

function Heading({ children }: { children: string }) {
  return <h3 className="pb-1.5 text-13 font-medium">{children}</h3>;
}

/** One attempt: when, what came back, how long it took. */
export function AttemptLine({ attempt }: { attempt: WebhookDeliveryDetail["log"][number] }) {
  const t = useT();
  const locale = useLocale();
  const resultOf = useResult();
  const { status, durationMs: ms, response, at } = attempt;
  return (
    <li className="flex flex-col gap-1.5">
      <p className="flex flex-wrap justify-between gap-x-3 text-13">
        <span>
          {status === null ? t("result.none", { why: resultOf(attempt), ms }) : t("result", { status, ms })}
        </span>
        <span className="text-text-3">{formatDateTime(new Date(at), locale)}</span>
      </p>
      {status === null ? null : response === "" ? (
        <p className="text-13 text-text-3">{t("response.empty")}</p>
      ) : (
        <Code label={t("response")}>{response}</Code>
      )}
    </li>
  );
}

function Detail({ delivery }: { delivery: WebhookDeliveryDetail }) {
  const t = useT();
  const locale = useLocale();
  const next = delivery.nextAt && new Date(delivery.nextAt);
  return (
    <div className="flex flex-col gap-5">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-13 text-text-3">
        <DeliveryState delivery={delivery} />
        {t("delivery.attempts", { count: delivery.attempts })}
        {next && next > new Date()
          ? ` · ${t("delivery.next", { when: formatDateTime(next, locale) })}`
          : null}
      </p>
      <div>
        <Heading>{t("delivery.id")}</Heading>
        <code className="text-12 [overflow-wrap:anywhere]">{delivery.id}</code>
      </div>
      {delivery.log.length > 0 ? (
        <div>
          <Heading>{t("delivery.log")}</Heading>
          <ol className="flex flex-col gap-3">
            {delivery.log.map((attempt) => (
              <AttemptLine key={attempt.at} attempt={attempt} />
            ))}
          </ol>
        </div>
      ) : null}
      <div>
        <Heading>{t("delivery.body")}</Heading>
        <Code label={t("delivery.body")}>{readable(delivery.body)}</Code>
      </div>
    </div>
  );
}

/** One delivery in full, beside the log. */
export function DeliverySheet({ id, type, onClose }: { id: string; type: string; onClose: () => void }) {
  const t = useT();
  const common = useCommonT();
  const query = useQuery(deliveryQuery(id));
  const { mutate, isPending } = useSave(() => api.webhooks.replayDelivery({ params: { id } }), {
    stale: [deliveriesKey],
    done: t("delivery.replayed"),
    sayFailure: true,
  });
  return (
    <Sheet
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={type}
      closeLabel={common("close")}
      footer={
        <Button busy={isPending} disabled={!query.data} onClick={() => mutate(undefined)}>
          {t("delivery.replay")}
        </Button>
      }
    >
      <Loaded query={query}>{(delivery) => <Detail delivery={delivery} />}</Loaded>
    </Sheet>
  );
}
