import { formatDateTime } from "@okno/ui";
import { useLocale } from "../../shared/i18n/i18n.ts";
import { useT } from "./people-messages.ts";
import { ShownOnce } from "./shown-once.tsx";

export type Link = { url: string; expiresAt: string };
type Props = { name: string; link: Link; onClose: () => void };

/** A one-time link to take away: shown this once. */
export function LinkDialog({ name, link, onClose }: Props) {
  const t = useT();
  const locale = useLocale();
  return (
    <ShownOnce
      title={t("invite.ready", { name })}
      label={t("link.label")}
      value={link.url}
      note={t("link.text", { until: formatDateTime(new Date(link.expiresAt), locale) })}
      readyLabel={t("ready")}
      onClose={onClose}
    />
  );
}
