import { fileSize } from "./format.ts";
import { CloseIcon, FileIcon } from "./icons.tsx";
import { useTools } from "./use-chat.ts";
import type { Chosen, useUploads } from "./use-uploads.ts";

function Row({ each, uploads }: { each: Chosen; uploads: ReturnType<typeof useUploads> }) {
  const { texts } = useTools();
  const { t } = texts;
  const { file, preview, progress, done, failed } = each;
  const percent = Math.round(progress * 100);
  return (
    <li class={`chosen${failed ? " failed" : ""}`}>
      {preview ? <img src={preview} alt="" /> : <FileIcon />}
      <span class="chosen-text">
        {failed ? (
          <span class="wrong" role="alert">
            {t(failed, { name: file.name })}
            {failed === "fileFailed" && (
              <button type="button" class="link" onClick={() => uploads.again(each)}>
                {t("again")}
              </button>
            )}
          </span>
        ) : (
          <>
            <span class="file-name" dir="auto">
              {file.name}
            </span>
            {done ? (
              <span class="file-size">{fileSize(file.size, texts)}</span>
            ) : (
              <progress max={100} value={percent} aria-label={t("uploading", { name: file.name, percent })} />
            )}
          </>
        )}
      </span>
      <button
        type="button"
        class="icon-button small"
        aria-label={t("remove", { name: file.name })}
        onClick={() => {
          uploads.forget([each]);
          document.querySelector("textarea")?.focus();
        }}
      >
        <CloseIcon />
      </button>
    </li>
  );
}

export function ChosenFiles({ uploads }: { uploads: ReturnType<typeof useUploads> }) {
  if (uploads.chosen.length === 0) return null;
  return (
    <ul class="chosen-list">
      {uploads.chosen.map((each) => (
        <Row key={each.id} each={each} uploads={uploads} />
      ))}
    </ul>
  );
}
