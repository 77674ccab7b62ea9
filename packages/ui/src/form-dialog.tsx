import { type ReactNode, useId } from "react";
import { Banner } from "./banner.tsx";
import { Button } from "./button.tsx";
import { Dialog, type DialogProps } from "./dialog.tsx";

export type FormDialogProps = Pick<DialogProps, "title" | "text" | "size" | "closeLabel"> & {
  backLabel: string;
  submitLabel: string;
  danger?: boolean | undefined;
  busy: boolean;
  /** What the server said, unless a field shows it. */
  problem?: ReactNode;
  onSubmit: () => void;
  onClose: () => void;
  children?: ReactNode;
};

/** A form that is settled before going on: mounted while it is open, so that it begins anew each time. */
export function FormDialog({
  title,
  text,
  size,
  closeLabel,
  backLabel,
  submitLabel,
  danger = false,
  busy,
  problem,
  onSubmit,
  onClose,
  children,
}: FormDialogProps) {
  const formId = useId();
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={title}
      text={text}
      size={size}
      closeLabel={closeLabel}
      footer={
        <>
          <Button onClick={onClose}>{backLabel}</Button>
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
        {problem ? <Banner tone="late">{problem}</Banner> : null}
      </form>
    </Dialog>
  );
}
