import type { Webhook } from "@okno/contract";
import { Button, Field, formatDateTime, Select } from "@okno/ui";
import { useState } from "react";
import { api } from "../../shared/api/client.ts";
import { useLocale } from "../../shared/i18n/i18n.ts";
import { FormDialog } from "./form-dialog.tsx";
import { ShownOnce } from "./shown-once.tsx";
import { useSave } from "./use-save.ts";
import { useT } from "./webhook-messages.ts";
import { webhooksKey } from "./webhooks-query.ts";

/** The secret, this once. */
export function ShownSecret({ secret, onClose }: { secret: string; onClose: () => void }) {
  const t = useT();
  return (
    <ShownOnce
      title={t("shown.title")}
      label={t("shown.label")}
      value={secret}
      note={t("shown.text")}
      readyLabel={t("shown.ready")}
      onClose={onClose}
    />
  );
}

const terms = ["0", "24", "72", "168"] as const;
type Term = (typeof terms)[number];

function Rotate({
  webhook,
  onClose,
  onRotated,
}: {
  webhook: Webhook;
  onClose: () => void;
  onRotated: (secret: string) => void;
}) {
  const t = useT();
  const [keep, setKeep] = useState<Term>("24");
  const { mutate, isPending, error } = useSave(
    () => api.webhooks.rotateSecret({ params: { id: webhook.id }, body: { keepOldHours: Number(keep) } }),
    { stale: [webhooksKey], onSaved: ({ secret }) => onRotated(secret) },
  );
  return (
    <FormDialog
      title={t("rotate.title")}
      text={t("rotate.text")}
      submitLabel={t("secret.rotate")}
      busy={isPending}
      error={error}
      onClose={onClose}
      onSubmit={() => mutate(undefined)}
    >
      <Field label={t("rotate.keep")}>
        <Select
          options={terms.map((value) => ({ value, label: t(`rotate.keep.${value}`) }))}
          value={keep}
          onValueChange={(value) => setKeep(value as Term)}
        />
      </Field>
    </FormDialog>
  );
}

/** The secrets in force, by their last letters, and the way to a new one. */
export function WebhookSecrets({ webhook }: { webhook: Webhook }) {
  const t = useT();
  const locale = useLocale();
  const [rotating, setRotating] = useState(false);
  const [secret, setSecret] = useState<string>();
  return (
    <>
      <ul className="flex flex-col gap-1.5">
        {webhook.secrets.map(({ hint, createdAt, expiresAt }) => (
          <li key={createdAt} className="flex flex-wrap items-baseline gap-x-3 text-13 text-text-3">
            <code className="text-text-1">…{hint}</code>
            {expiresAt
              ? t("secret.old", { when: formatDateTime(new Date(expiresAt), locale) })
              : t("secret.current", { when: formatDateTime(new Date(createdAt), locale) })}
          </li>
        ))}
      </ul>
      <Button className="self-start" onClick={() => setRotating(true)}>
        {t("secret.rotate")}
      </Button>
      {rotating ? (
        <Rotate
          webhook={webhook}
          onClose={() => setRotating(false)}
          onRotated={(made) => {
            setRotating(false);
            setSecret(made);
          }}
        />
      ) : null}
      {secret ? <ShownSecret secret={secret} onClose={() => setSecret(undefined)} /> : null}
    </>
  );
}
