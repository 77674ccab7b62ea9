import type { Webhook } from "@okno/contract";
import { Button, EmptyState } from "@okno/ui";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { ChevronRight, Plus } from "lucide-react";
import { useState } from "react";
import { useProjects } from "../../shared/directory/directory.ts";
import { EditWebhook } from "./edit-webhook.tsx";
import { useT as useCommonT } from "./messages.ts";
import { Loaded, Rows, SettingsPage } from "./page.tsx";
import { useT } from "./webhook-messages.ts";
import { ShownSecret } from "./webhook-secret.tsx";
import { shortUrl, useLast, WebhookState } from "./webhook-state.tsx";
import { webhooksQuery } from "./webhooks-query.ts";

function WebhookRow({ webhook }: { webhook: Webhook }) {
  const t = useT();
  const last = useLast(webhook);
  const projects = useProjects();
  const { project, events, url, description } = webhook;
  const facts = [
    ...(description ? [shortUrl(url)] : []),
    project ? projects.find(({ id }) => id === project)?.name : t("everything"),
    events.length === 0 ? t("events.every") : t("events.count", { count: events.length }),
    last,
  ];
  return (
    <li>
      <Link
        to="/settings/webhooks/$webhook"
        params={{ webhook: webhook.id }}
        className="flex items-center gap-4 rounded-panel px-4 py-3 transition-colors hover:bg-hover focus-visible:-outline-offset-2"
      >
        <span className="min-w-0 flex-1">
          <span className="flex flex-wrap items-center gap-x-2 gap-y-1 text-14 font-medium [overflow-wrap:anywhere]">
            {description || shortUrl(url)}
            <WebhookState webhook={webhook} />
          </span>
          <span className="mt-0.5 block text-13 text-text-3 [overflow-wrap:anywhere]">
            {facts.filter(Boolean).join(" · ")}
          </span>
        </span>
        <ChevronRight aria-hidden="true" className="size-4 shrink-0 text-text-3" />
      </Link>
    </li>
  );
}

/** Where what happens is told to programs. */
export function Webhooks() {
  const t = useT();
  const common = useCommonT();
  const navigate = useNavigate();
  const query = useQuery(webhooksQuery);
  const [adding, setAdding] = useState(false);
  const [made, setMade] = useState<{ webhook: Webhook; secret?: string }>();
  const addButton = (
    <Button variant="primary" icon={<Plus />} onClick={() => setAdding(true)}>
      {t("add")}
    </Button>
  );
  return (
    <SettingsPage
      title={common("nav.webhooks")}
      text={t("text")}
      action={query.data?.length ? addButton : null}
    >
      <Loaded query={query}>
        {(webhooks) =>
          webhooks.length === 0 ? (
            <EmptyState title={t("none")} text={t("none.text")} action={addButton} />
          ) : (
            <Rows label={common("nav.webhooks")}>
              {webhooks.map((webhook) => (
                <WebhookRow key={webhook.id} webhook={webhook} />
              ))}
            </Rows>
          )
        }
      </Loaded>
      {adding ? (
        <EditWebhook
          onClose={() => setAdding(false)}
          onSaved={(saved) => {
            setAdding(false);
            setMade(saved);
          }}
        />
      ) : null}
      {made?.secret ? (
        <ShownSecret
          secret={made.secret}
          onClose={() => {
            setMade(undefined);
            void navigate({ to: "/settings/webhooks/$webhook", params: { webhook: made.webhook.id } });
          }}
        />
      ) : null}
    </SettingsPage>
  );
}
