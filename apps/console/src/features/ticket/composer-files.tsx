import { FileChip, formatBytes } from "@okno/ui";
import type { DraftText } from "../../shared/drafts/draft-text.ts";
import { useLocale } from "../../shared/i18n/i18n.ts";
import { useT } from "./messages.ts";
import type { Upload } from "./use-uploads.ts";

type Props = {
  files: DraftText["attachments"];
  uploads: readonly Upload[];
  onTakeOut: (id: string) => void;
  onRetry: (upload: Upload) => void;
  onRemove: (key: string) => void;
};

/** The files of what is being written: those that are there, and those on their way up. */
export function ComposerFiles({ files, uploads, onTakeOut, onRetry, onRemove }: Props) {
  const t = useT();
  const locale = useLocale();
  if (files.length + uploads.length === 0) return null;
  return (
    <ul aria-label={t("attachments")} className="flex flex-wrap gap-2 px-3 pb-1">
      {files.map((file) => (
        <li key={file.id}>
          <FileChip
            name={file.name}
            detail={formatBytes(file.sizeBytes, locale)}
            removeLabel={t("file.remove", { name: file.name })}
            onRemove={() => onTakeOut(file.id)}
          />
        </li>
      ))}
      {uploads.map((upload) => (
        <li key={upload.key}>
          <FileChip
            name={upload.file.name}
            detail={upload.error ?? t("file.uploading")}
            state={upload.error ? "failed" : "uploading"}
            progress={upload.progress}
            retryLabel={t("file.retry")}
            onRetry={() => onRetry(upload)}
            removeLabel={t("file.remove", { name: upload.file.name })}
            onRemove={() => onRemove(upload.key)}
          />
        </li>
      ))}
    </ul>
  );
}
