import { Button, Dialog } from "@okno/ui";
import { Check, Copy, Download } from "lucide-react";
import { useState } from "react";
import { useT as useCommonT } from "./messages.ts";
import { useT } from "./step-up-messages.ts";

function save(name: string, codes: readonly string[]): void {
  const url = URL.createObjectURL(new Blob([`${codes.join("\n")}\n`], { type: "text/plain" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

/** The recovery codes, shown this once. */
export function RecoveryCodes({ codes, onClose }: { codes: readonly string[]; onClose: () => void }) {
  const t = useT();
  const common = useCommonT();
  const [copied, setCopied] = useState(false);
  const copy = () =>
    navigator.clipboard.writeText(codes.join("\n")).then(
      () => setCopied(true),
      // No permission: they can be selected, and saved as a file.
      () => undefined,
    );
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t("codes.title")}
      text={t("codes.text")}
      closeLabel={common("close")}
      footer={
        <Button variant="primary" onClick={onClose}>
          {t("codes.done")}
        </Button>
      }
    >
      <ol
        aria-label={t("codes.label")}
        className="grid grid-cols-2 gap-x-6 gap-y-2 rounded-panel border bg-surface-2 px-4 py-3 font-mono text-14"
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <div className="mt-3 flex flex-wrap gap-2">
        <Button icon={copied ? <Check /> : <Copy />} onClick={() => void copy()}>
          {copied ? t("codes.copied") : t("codes.copy")}
        </Button>
        <Button icon={<Download />} onClick={() => save(t("codes.file"), codes)}>
          {t("codes.save")}
        </Button>
      </div>
      <span role="status" className="sr-only">
        {copied ? t("codes.copied") : ""}
      </span>
    </Dialog>
  );
}
