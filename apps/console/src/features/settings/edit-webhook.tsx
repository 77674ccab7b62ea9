import type { Webhook } from "@okno/contract";
import { Field, Select, TextField } from "@okno/ui";
import { useState } from "react";
import { api } from "../../shared/api/client.ts";
import { isRefusal } from "../../shared/api/error-message.ts";
import { useMe } from "../../shared/session/session.ts";
import { FormDialog } from "./form-dialog.tsx";
import { useT as useCommonT } from "./messages.ts";
import { useAdministered } from "./project-choice.tsx";
import { useSave } from "./use-save.ts";
import { WebhookEvents } from "./webhook-events.tsx";
import { useT } from "./webhook-messages.ts";
import { webhooksKey } from "./webhooks-query.ts";

type Draft = { url: string; description: string; project: string; events: string[] | null };
type Made = { webhook: Webhook; secret?: string };

/** What stands for the whole workspace among the projects. */
const everything = "*";

const isAddress = (url: string) => /^https?:\/\/[^\s]+$/u.test(url.trim());

async function save(webhook: Webhook | undefined, draft: Draft): Promise<Made> {
  const body = { url: draft.url.trim(), description: draft.description, events: draft.events ?? [] };
  if (webhook) return { webhook: await api.webhooks.update({ params: { id: webhook.id }, body }) };
  const project = draft.project === everything ? null : draft.project;
  return api.webhooks.create({ body: { ...body, project } });
}

function useDraft(webhook: Webhook | undefined) {
  const { projects } = useAdministered();
  return useState<Draft>({
    url: webhook?.url ?? "https://",
    description: webhook?.description ?? "",
    project: projects[0]?.id ?? everything,
    events: webhook && webhook.events.length > 0 ? webhook.events : null,
  });
}

function ProjectField({ value, onChange }: { value: string; onChange: (project: string) => void }) {
  const t = useT();
  const me = useMe();
  const { projects } = useAdministered();
  const options = [
    ...projects.map(({ id, name }) => ({ value: id, label: name })),
    ...(me.member.owner ? [{ value: everything, label: t("everything") }] : []),
  ];
  return (
    <Field label={t("project")}>
      <Select options={options} value={value} onValueChange={onChange} />
    </Field>
  );
}

/** A new endpoint, or the address, name and events of one. */
export function EditWebhook({
  webhook,
  onClose,
  onSaved,
}: {
  webhook?: Webhook;
  onClose: () => void;
  onSaved: (made: Made) => void;
}) {
  const t = useT();
  const common = useCommonT();
  const [draft, setDraft] = useDraft(webhook);
  const [tried, setTried] = useState(false);
  const { mutate, isPending, error } = useSave(() => save(webhook, draft), {
    stale: [webhooksKey],
    ...(webhook && { done: common("saved") }),
    onSaved,
  });
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const noEvents = draft.events?.length === 0;
  const refused = isRefusal(error, "invalid_request");
  return (
    <FormDialog
      title={webhook ? t("edit.title") : t("add.title")}
      submitLabel={webhook ? common("save") : t("add")}
      busy={isPending}
      error={refused ? undefined : error}
      onClose={onClose}
      onSubmit={() => {
        setTried(true);
        if (isAddress(draft.url) && !noEvents) mutate(undefined);
      }}
    >
      <Field
        label={t("url")}
        hint={t("url.hint")}
        error={(tried && !isAddress(draft.url) && t("url.wrong")) || (refused && t("url.refused"))}
        required
      >
        <TextField
          type="url"
          inputMode="url"
          maxLength={2000}
          value={draft.url}
          onChange={(event) => change({ url: event.target.value })}
        />
      </Field>
      <Field label={t("description")} hint={t("description.hint")}>
        <TextField
          maxLength={200}
          value={draft.description}
          onChange={(event) => change({ description: event.target.value })}
        />
      </Field>
      {webhook ? null : <ProjectField value={draft.project} onChange={(project) => change({ project })} />}
      <WebhookEvents
        events={draft.events}
        onChange={(events) => change({ events })}
        error={tried && noEvents && t("events.none")}
      />
    </FormDialog>
  );
}
