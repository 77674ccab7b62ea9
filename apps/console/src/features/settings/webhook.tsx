import type { Webhook, WebhookDeliveryDetail } from "@okno/contract";
import { Banner, Button, Dialog, EmptyState, FormRow, formatDateTime, Switch } from "@okno/ui";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { ArrowLeft, Send } from "lucide-react";
import { useState } from "react";
import { api } from "../../shared/api/client.ts";
import { useProjects } from "../../shared/directory/directory.ts";
import { useLocale } from "../../shared/i18n/i18n.ts";
import { EditWebhook } from "./edit-webhook.tsx";
import { FormDialog } from "./form-dialog.tsx";
import { useT as useCommonT } from "./messages.ts";
import { Loaded, SettingsPage } from "./page.tsx";
import { useSave } from "./use-save.ts";
import { AttemptLine } from "./webhook-delivery.tsx";
import { WebhookLog } from "./webhook-log.tsx";
import { useT } from "./webhook-messages.ts";
import { WebhookSecrets } from "./webhook-secret.tsx";
import { shortUrl, WebhookState } from "./webhook-state.tsx";
import { deliveriesKey, webhooksKey, webhooksQuery } from "./webhooks-query.ts";

type Part = { webhook: Webhook };

function useEnabled({ webhook }: Part) {
  const t = useT();
  return useSave(
    (enabled: boolean) => api.webhooks.update({ params: { id: webhook.id }, body: { enabled } }),
    {
      stale: [webhooksKey, deliveriesKey],
      done: webhook.state === "active" ? t("switched") : t("resumed"),
      sayFailure: true,
    },
  );
}

/** What is wrong with it, while something is. */
function Trouble({ webhook }: Part) {
  const t = useT();
  const locale = useLocale();
  const { mutate, isPending } = useEnabled({ webhook });
  const { state, why, failingSince, throttledUntil } = webhook;
  const resume = (
    <Button size="sm" busy={isPending} onClick={() => mutate(true)}>
      {t("resume")}
    </Button>
  );
  if (state === "paused")
    return (
      <Banner tone="late" title={t("paused.title")} action={resume}>
        {t("paused.text")}
      </Banner>
    );
  if (state === "disabled")
    return (
      <Banner tone="info" title={t(why === "gone" ? "gone.title" : "off.title")} action={resume}>
        {t(why === "gone" ? "gone.text" : "off.text")}
      </Banner>
    );
  if (!failingSince) return null;
  const when = formatDateTime(new Date(failingSince), locale);
  return (
    <Banner tone="soon" title={t("failing.title", { when })}>
      {throttledUntil
        ? t("throttled.text", { when: formatDateTime(new Date(throttledUntil), locale) })
        : t("failing.text")}
    </Banner>
  );
}

function Test({ webhook }: Part) {
  const t = useT();
  const common = useCommonT();
  const [result, setResult] = useState<WebhookDeliveryDetail>();
  const { mutate, isPending } = useSave(() => api.webhooks.test({ params: { id: webhook.id } }), {
    stale: [deliveriesKey],
    sayFailure: true,
    onSaved: setResult,
  });
  const attempt = result?.log[0];
  return (
    <>
      <Button variant="primary" icon={<Send />} busy={isPending} onClick={() => mutate(undefined)}>
        {t("test")}
      </Button>
      {result && attempt ? (
        <Dialog
          open
          onOpenChange={() => setResult(undefined)}
          title={t(result.state === "succeeded" ? "test.good" : "test.bad")}
          text={t("test.text")}
          closeLabel={common("close")}
          footer={<Button onClick={() => setResult(undefined)}>{common("close")}</Button>}
        >
          <ul>
            <AttemptLine attempt={attempt} />
          </ul>
        </Dialog>
      ) : null}
    </>
  );
}

function Address({ webhook }: Part) {
  const t = useT();
  const projects = useProjects();
  const [editing, setEditing] = useState(false);
  const project = projects.find(({ id }) => id === webhook.project)?.name;
  return (
    <>
      <p className="text-14 [overflow-wrap:anywhere]">
        <code>{webhook.url}</code>
      </p>
      <p className="text-13 text-text-3 [overflow-wrap:anywhere]">
        {webhook.project ? project : t("everything")}
        {" · "}
        {webhook.events.length === 0 ? t("events.every") : webhook.events.join(", ")}
      </p>
      <Button className="self-start" onClick={() => setEditing(true)}>
        {t("edit")}
      </Button>
      {editing ? (
        <EditWebhook webhook={webhook} onClose={() => setEditing(false)} onSaved={() => setEditing(false)} />
      ) : null}
    </>
  );
}

function StateSwitch({ webhook }: Part) {
  const t = useT();
  const { mutate, isPending } = useEnabled({ webhook });
  return (
    <Switch
      label={t("on")}
      checked={webhook.state === "active"}
      disabled={isPending}
      onCheckedChange={mutate}
    />
  );
}

function Removal({ webhook }: Part) {
  const t = useT();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const { mutate, isPending, error } = useSave(() => api.webhooks.remove({ params: { id: webhook.id } }), {
    stale: [webhooksKey],
    done: t("removed"),
    onSaved: () => void navigate({ to: "/settings/webhooks" }),
  });
  return (
    <>
      <Button className="self-start" onClick={() => setAsking(true)}>
        {t("remove")}
      </Button>
      {asking ? (
        <FormDialog
          danger
          title={t("remove.title")}
          text={t("remove.text", { url: shortUrl(webhook.url) })}
          submitLabel={t("remove.submit")}
          busy={isPending}
          error={error}
          onClose={() => setAsking(false)}
          onSubmit={() => mutate(undefined)}
        />
      ) : null}
    </>
  );
}

function WebhookSettings({ webhook }: Part) {
  const t = useT();
  return (
    <SettingsPage
      title={webhook.description || shortUrl(webhook.url)}
      text={<WebhookState webhook={webhook} />}
      action={<Test webhook={webhook} />}
    >
      <Trouble webhook={webhook} />
      <FormRow title={t("url")}>
        <Address webhook={webhook} />
      </FormRow>
      <FormRow title={t("secret")} text={t("secret.text")}>
        <WebhookSecrets webhook={webhook} />
      </FormRow>
      <FormRow title={t("state")} text={t("state.text")}>
        <StateSwitch webhook={webhook} />
      </FormRow>
      <FormRow title={t("removing")} text={t("removing.text")}>
        <Removal webhook={webhook} />
      </FormRow>
      <WebhookLog webhook={webhook} />
    </SettingsPage>
  );
}

/** One endpoint: how it fares, its secret, its log. */
export function WebhookPage() {
  const t = useT();
  const common = useCommonT();
  const { webhook: id } = useParams({ strict: false });
  const query = useQuery(webhooksQuery);
  return (
    <>
      <div className="mx-auto w-full max-w-4xl px-8 pt-4 max-md:hidden">
        <Link
          to="/settings/webhooks"
          className="inline-flex h-8 items-center gap-1.5 text-13 text-text-3 transition-colors hover:text-text-1"
        >
          <ArrowLeft aria-hidden="true" className="size-4" />
          {common("back.webhooks")}
        </Link>
      </div>
      <Loaded query={query}>
        {(webhooks) => {
          const webhook = webhooks.find((each) => each.id === id);
          return webhook ? (
            <WebhookSettings key={webhook.id} webhook={webhook} />
          ) : (
            <EmptyState title={t("gone")} text={t("gone.page")} />
          );
        }}
      </Loaded>
    </>
  );
}
