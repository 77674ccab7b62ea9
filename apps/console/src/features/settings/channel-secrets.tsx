import type { Channel, ChannelSecret } from "@okno/contract";
import { Button, formatDateTime } from "@okno/ui";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../shared/api/client.ts";
import { useLocale } from "../../shared/i18n/i18n.ts";
import { useT } from "./channel-messages.ts";
import { FormDialog } from "./form-dialog.tsx";
import { Loaded } from "./page.tsx";
import { ShownOnce } from "./shown-once.tsx";
import { useSave } from "./use-save.ts";

const most = 2;
const keyOf = (channel: Channel) => ["channel-secrets", channel.id] as const;

function Shown({ secret, onClose }: { secret: string; onClose: () => void }) {
  const t = useT();
  return (
    <ShownOnce
      title={t("secrets.shown")}
      label={t("secrets.shown.label")}
      value={secret}
      note={t("secrets.shown.text")}
      readyLabel={t("secrets.ready")}
      onClose={onClose}
    />
  );
}

function Remove({
  channel,
  secret,
  onClose,
}: {
  channel: Channel;
  secret: ChannelSecret;
  onClose: () => void;
}) {
  const t = useT();
  const { mutate, isPending, error } = useSave(
    () => api.channelSecrets.remove({ params: { id: channel.id, secret: secret.id } }),
    { stale: [keyOf(channel)], done: t("secrets.removed"), onSaved: onClose },
  );
  return (
    <FormDialog
      danger
      title={t("secrets.remove.title", { hint: secret.hint })}
      text={t("secrets.remove.text")}
      submitLabel={t("secrets.remove")}
      busy={isPending}
      error={error}
      onClose={onClose}
      onSubmit={() => mutate(undefined)}
    />
  );
}

function Entry({ secret, onRemove }: { secret: ChannelSecret; onRemove: () => void }) {
  const t = useT();
  const locale = useLocale();
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <code className="text-13">…{secret.hint}</code>
      <span className="min-w-0 flex-1 text-13 text-text-3">
        {t("secrets.made", { when: formatDateTime(new Date(secret.createdAt), locale) })}
      </span>
      <Button size="sm" aria-label={`${t("secrets.remove")}: …${secret.hint}`} onClick={onRemove}>
        {t("secrets.remove")}
      </Button>
    </li>
  );
}

/** Secrets by which a site signs who its user is: two at most, so that one can follow the other without a gap. */
export function ChannelSecrets({ channel }: { channel: Channel }) {
  const t = useT();
  const [shown, setShown] = useState<string>();
  const [leaving, setLeaving] = useState<ChannelSecret>();
  const query = useQuery({
    queryKey: keyOf(channel),
    queryFn: async ({ signal }) =>
      (await api.channelSecrets.list({ params: { id: channel.id }, signal })).data,
  });
  const { mutate, isPending } = useSave(() => api.channelSecrets.create({ params: { id: channel.id } }), {
    stale: [keyOf(channel)],
    onSaved: ({ secret }) => setShown(secret),
    sayFailure: true,
  });
  return (
    <Loaded query={query}>
      {(secrets) => (
        <>
          {secrets.length === 0 ? <p className="text-13 text-text-3">{t("secrets.none")}</p> : null}
          <ul className="flex flex-col gap-2 empty:hidden">
            {secrets.map((secret) => (
              <Entry key={secret.id} secret={secret} onRemove={() => setLeaving(secret)} />
            ))}
          </ul>
          {secrets.length < most ? (
            <Button busy={isPending} className="self-start" onClick={() => mutate(undefined)}>
              {t("secrets.add")}
            </Button>
          ) : (
            <p className="text-13 text-text-3">{t("secrets.full")}</p>
          )}
          {leaving ? (
            <Remove channel={channel} secret={leaving} onClose={() => setLeaving(undefined)} />
          ) : null}
          {shown ? <Shown secret={shown} onClose={() => setShown(undefined)} /> : null}
        </>
      )}
    </Loaded>
  );
}
