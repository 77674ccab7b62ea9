import { eventTypes, type Webhook, type WebhookDelivery } from "@okno/contract";
import {
  Button,
  Combobox,
  EmptyState,
  ErrorState,
  Field,
  formatRelative,
  ListSkeleton,
  Select,
  toast,
} from "@okno/ui";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../shared/api/client.ts";
import { errorMessage, requestIdOf } from "../../shared/api/error-message.ts";
import { useLocale } from "../../shared/i18n/i18n.ts";
import { FormDialog } from "./form-dialog.tsx";
import { useT as useCommonT } from "./messages.ts";
import { Rows } from "./page.tsx";
import { useSave } from "./use-save.ts";
import { DeliverySheet } from "./webhook-delivery.tsx";
import { useT } from "./webhook-messages.ts";
import { DeliveryState, useResult } from "./webhook-state.tsx";
import { deliveriesKey, deliveriesQuery, type LogFilter } from "./webhooks-query.ts";

const states = ["waiting", "succeeded", "failed", "dropped"] as const;
const any = "*";

function DeliveryRow({ delivery, onOpen }: { delivery: WebhookDelivery; onOpen: () => void }) {
  const t = useT();
  const locale = useLocale();
  const resultOf = useResult();
  const facts = [
    t("delivery.attempts", { count: delivery.attempts }),
    ...(delivery.last && delivery.state !== "succeeded" ? [resultOf(delivery.last)] : []),
  ];
  return (
    <li>
      <button
        type="button"
        onClick={onOpen}
        className="flex w-full items-center gap-3 px-4 py-2.5 text-left transition-colors hover:bg-hover focus-visible:-outline-offset-2"
      >
        <span className="min-w-0 flex-1">
          <span className="flex flex-wrap items-center gap-x-2 gap-y-1 text-14 [overflow-wrap:anywhere]">
            {delivery.type}
            <DeliveryState delivery={delivery} />
          </span>
          <span className="block text-13 text-text-3">{facts.join(" · ")}</span>
        </span>
        <span className="shrink-0 text-12 text-text-3">
          {formatRelative(new Date(delivery.createdAt), new Date(), locale)}
        </span>
      </button>
    </li>
  );
}

function Filters({ filter, onChange }: { filter: LogFilter; onChange: (filter: LogFilter) => void }) {
  const t = useT();
  return (
    <div className="grid gap-2 md:grid-cols-[12rem_16rem]">
      <Select
        aria-label={t("log.state")}
        size="sm"
        options={[
          { value: any, label: t("log.all") },
          ...states.map((value) => ({ value, label: t(`delivery.${value}`) })),
        ]}
        value={filter.state ?? any}
        onValueChange={(value) => onChange({ ...filter, state: states.find((state) => state === value) })}
      />
      <Combobox
        label={t("log.type")}
        size="sm"
        placeholder={t("log.any")}
        filterPlaceholder={t("events.filter")}
        emptyText={t("events.empty")}
        options={[
          { id: any, label: t("log.any") },
          { id: "webhook.test", label: "webhook.test" },
          ...eventTypes.map((type) => ({ id: type, label: type })),
        ]}
        value={filter.type ?? any}
        onValueChange={(value) => onChange({ ...filter, type: value === any ? undefined : value })}
      />
    </div>
  );
}

const terms = ["1", "24", "168", "720"] as const;
type Term = (typeof terms)[number];

function ReplayDialog({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  const t = useT();
  const [hours, setHours] = useState<Term>("24");
  const { mutate, isPending, error } = useSave(
    () => {
      const since = new Date(Date.now() - Number(hours) * 3_600_000).toISOString();
      return api.webhooks.replay({ params: { id: webhook.id }, body: { since } });
    },
    {
      stale: [deliveriesKey],
      onSaved: ({ queued }) => {
        toast({ title: t("replay.done", { count: queued }), tone: "good" });
        onClose();
      },
    },
  );
  return (
    <FormDialog
      title={t("replay.title")}
      text={t("replay.text")}
      submitLabel={t("replay.submit")}
      busy={isPending}
      error={error}
      onClose={onClose}
      onSubmit={() => mutate(undefined)}
    >
      <Field label={t("replay.since")}>
        <Select
          options={terms.map((value) => ({ value, label: t(`replay.${value}`) }))}
          value={hours}
          onValueChange={(value) => setHours(value as Term)}
        />
      </Field>
    </FormDialog>
  );
}

function Lines({ webhook, filter }: { webhook: Webhook; filter: LogFilter }) {
  const t = useT();
  const common = useCommonT();
  const query = useInfiniteQuery(deliveriesQuery(webhook.id, filter));
  const [open, setOpen] = useState<WebhookDelivery>();
  const rows = query.data?.pages.flatMap((page) => page.data) ?? [];
  const filtered = filter.state !== undefined || filter.type !== undefined;
  if (query.isPending) return <ListSkeleton label={common("loading")} rows={4} />;
  if (query.error && rows.length === 0)
    return (
      <ErrorState
        title={common("load.failed")}
        text={errorMessage(query.error)}
        detail={requestIdOf(query.error)}
        retryLabel={common("retry")}
        onRetry={() => void query.refetch()}
        retrying={query.isFetching}
      />
    );
  if (rows.length === 0)
    return filtered ? (
      <EmptyState title={t("log.nothing")} text={t("log.nothing.text")} />
    ) : (
      <EmptyState title={t("log.none")} text={t("log.none.text")} />
    );
  return (
    <>
      <Rows label={t("log")}>
        {rows.map((delivery) => (
          <DeliveryRow key={delivery.id} delivery={delivery} onOpen={() => setOpen(delivery)} />
        ))}
      </Rows>
      {query.hasNextPage ? (
        <Button
          className="self-start"
          busy={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t("log.more")}
        </Button>
      ) : null}
      {open ? <DeliverySheet id={open.id} type={open.type} onClose={() => setOpen(undefined)} /> : null}
    </>
  );
}

/** What was sent to an endpoint, and what came of it. */
export function WebhookLog({ webhook }: { webhook: Webhook }) {
  const t = useT();
  const [filter, setFilter] = useState<LogFilter>({ state: undefined, type: undefined });
  const [replaying, setReplaying] = useState(false);
  return (
    <section aria-labelledby="webhook-log" className="flex flex-col gap-3 pt-6">
      <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <div>
          <h2 id="webhook-log" className="text-16 font-semibold">
            {t("log")}
          </h2>
          <p className="text-13 text-text-3">{t("log.text")}</p>
        </div>
        <Button size="sm" onClick={() => setReplaying(true)}>
          {t("log.replay")}
        </Button>
      </header>
      <Filters filter={filter} onChange={setFilter} />
      <Lines webhook={webhook} filter={filter} />
      {replaying ? <ReplayDialog webhook={webhook} onClose={() => setReplaying(false)} /> : null}
    </section>
  );
}
