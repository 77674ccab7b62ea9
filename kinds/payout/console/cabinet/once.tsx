import { Button, CopyField, Dialog } from "@okno/ui";
import { useT as useCommonT } from "../messages.ts";
import { useT } from "./messages.ts";

type Props = { values: readonly { label: string; value: string }[]; onClose: () => void };

/** What is shown this once: each value with its button to copy it. */
export function Once({ values, onClose }: Props) {
  const t = useT();
  const common = useCommonT();
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t("once.title")}
      text={t("once.text")}
      closeLabel={common("close")}
      footer={
        <Button variant="primary" onClick={onClose}>
          {t("once.ready")}
        </Button>
      }
    >
      <div className="flex flex-col gap-4 pt-1">
        {values.map(({ label, value }) => (
          <div key={label} className="flex flex-col gap-1.5">
            <span aria-hidden="true" className="text-13 font-medium">
              {label}
            </span>
            <CopyField
              value={value}
              label={label}
              copyLabel={`${common("copy")}: ${label}`}
              copiedLabel={common("copied")}
            />
          </div>
        ))}
      </div>
    </Dialog>
  );
}
