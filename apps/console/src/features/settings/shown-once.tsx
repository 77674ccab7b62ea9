import { Button, CopyField, Dialog } from "@okno/ui";
import { useT } from "./messages.ts";

type Props = {
  title: string;
  label: string;
  value: string;
  note: string;
  readyLabel: string;
  onClose: () => void;
};

/** A secret or a link to take away: it is shown this once. */
export function ShownOnce({ title, label, value, note, readyLabel, onClose }: Props) {
  const t = useT();
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={title}
      closeLabel={t("close")}
      footer={
        <Button variant="primary" onClick={onClose}>
          {readyLabel}
        </Button>
      }
    >
      <CopyField
        className="pt-1"
        value={value}
        label={label}
        copyLabel={t("copy")}
        copiedLabel={t("copied")}
        note={note}
      />
    </Dialog>
  );
}
