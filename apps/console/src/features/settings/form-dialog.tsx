import { Banner, Button, Dialog } from "@okno/ui";
import { type ReactNode, useId } from "react";
import { errorMessage } from "../../shared/api/error-message.ts";
import { useT } from "./messages.ts";

type Props = {
  title: ReactNode;
  text?: ReactNode;
  submitLabel: string;
  danger?: boolean;
  busy: boolean;
  /** What the server said, unless a field shows it. */
  error?: unknown;
  size?: "sm" | "md" | "lg";
  onSubmit: () => void;
  onClose: () => void;
  children?: ReactNode;
};

/** A form that is settled before going on: mounted while it is open, so that it begins anew each time. */
export function FormDialog(props: Props) {
  const t = useT();
  const formId = useId();
  const { title, text, submitLabel, danger = false, busy, error, size, onSubmit, onClose, children } = props;
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={title}
      text={text}
      size={size}
      closeLabel={t("close")}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button type="submit" form={formId} variant={danger ? "danger" : "primary"} busy={busy}>
            {submitLabel}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) onSubmit();
        }}
      >
        {children}
        {error ? <Banner tone="late">{errorMessage(error)}</Banner> : null}
      </form>
    </Dialog>
  );
}
