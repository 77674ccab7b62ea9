import type { BulkAction, BulkMatch, BulkPreview as Preview } from "@okno/contract";
import { Button, Dialog } from "@okno/ui";
import { useQuery } from "@tanstack/react-query";
import { errorMessage } from "../../shared/api/error-message.ts";
import { previewQuery } from "./bulk.ts";
import { useT } from "./bulk-messages.ts";

type Props = { act: BulkAction; match: BulkMatch; onClose: () => void; onDo: () => void };

function Lines({ preview: { total, others, skipped, capped } }: { preview: Preview }) {
  const t = useT();
  const lines = [
    others > 0 && t("preview.others", { count: others }),
    skipped > 0 && t("preview.skipped", { count: skipped }),
    capped && t("preview.capped", { count: total }),
    total === 0 ? t("preview.none") : t("preview.undo"),
  ].filter((line) => line !== false);
  return (
    <ul className="flex flex-col gap-1.5 text-14 text-text-2">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

/** What is about to be done to how many tickets, before it is done. */
export function BulkPreview({ act, match, onClose, onDo }: Props) {
  const t = useT();
  const { data: preview, error } = useQuery(previewQuery(act, match));
  const title = preview ? t(`preview.${act.action}`, { count: preview.total }) : t("preview.loading");
  return (
    <Dialog
      open
      size="sm"
      title={title}
      closeLabel={t("close")}
      onOpenChange={(open) => !open && onClose()}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button variant="primary" disabled={!preview || preview.total === 0} onClick={onDo}>
            {t("preview.do")}
          </Button>
        </>
      }
    >
      {error ? <p className="text-14 text-late">{t("failed", { why: errorMessage(error) })}</p> : null}
      {preview ? <Lines preview={preview} /> : null}
    </Dialog>
  );
}
