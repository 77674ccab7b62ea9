import { Button, CopyField, Dialog, formatDateTime } from "@okno/ui";
import { useLocale } from "../../shared/i18n/i18n.ts";
import { useT } from "./messages.ts";
import { useT as usePeopleT } from "./people-messages.ts";

export type Link = { url: string; expiresAt: string };
type Props = { name: string; link: Link; onClose: () => void };

/** A one-time link to take away: shown this once. */
export function LinkDialog({ name, link, onClose }: Props) {
  const t = usePeopleT();
  const common = useT();
  const locale = useLocale();
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t("invite.ready", { name })}
      closeLabel={common("close")}
      footer={
        <Button variant="primary" onClick={onClose}>
          {t("ready")}
        </Button>
      }
    >
      <CopyField
        className="pt-1"
        value={link.url}
        label={t("link.label")}
        copyLabel={common("copy")}
        copiedLabel={common("copied")}
        note={t("link.text", { until: formatDateTime(new Date(link.expiresAt), locale) })}
      />
    </Dialog>
  );
}
