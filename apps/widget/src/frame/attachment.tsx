import { useEffect, useState } from "preact/hooks";
import { fileSize } from "./format.ts";
import { FileIcon } from "./icons.tsx";
import type { FileInfo } from "./types.ts";
import { useTools } from "./use-chat.ts";

/** A file of the conversation. It is fetched with the visitor's token, so an address alone opens nothing. */
export function Attachment({ file }: { file: FileInfo }) {
  return file.inline ? <Picture file={file} /> : <Download file={file} />;
}

function Picture({ file }: { file: FileInfo }) {
  const { chat, texts } = useTools();
  const [src, setSrc] = useState<string>();
  useEffect(() => {
    let made: string | undefined;
    let left = false;
    chat.api
      .file(file.id)
      .then((blob) => {
        if (left) return;
        made = URL.createObjectURL(blob);
        setSrc(made);
      })
      .catch(() => undefined);
    return () => {
      left = true;
      if (made) URL.revokeObjectURL(made);
    };
  }, [chat, file.id]);
  if (!src) return <span class="picture waiting" aria-hidden="true" />;
  return (
    <a
      class="picture"
      href={src}
      target="_blank"
      rel="noopener"
      aria-label={texts.t("openImage", { name: file.name })}
    >
      <img src={src} alt={file.name} />
    </a>
  );
}

function Download({ file }: { file: FileInfo }) {
  const { chat, texts } = useTools();
  const [failed, setFailed] = useState(false);
  async function save() {
    setFailed(false);
    try {
      const src = URL.createObjectURL(await chat.api.file(file.id));
      const link = document.createElement("a");
      link.href = src;
      link.download = file.name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(src), 60_000);
    } catch {
      setFailed(true);
    }
  }
  return (
    <button
      type="button"
      class="file"
      onClick={() => void save()}
      aria-label={texts.t("download", { name: file.name })}
    >
      <FileIcon />
      <span class="file-name" dir="auto">
        {file.name}
      </span>
      <span class="file-size">{failed ? texts.t("again") : fileSize(file.sizeBytes, texts)}</span>
    </button>
  );
}
