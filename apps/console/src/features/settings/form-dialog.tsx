import { FormDialog as Base, type FormDialogProps } from "@okno/ui";
import { errorMessage } from "../../shared/api/error-message.ts";
import { useT } from "./messages.ts";

type Props = Omit<FormDialogProps, "closeLabel" | "backLabel" | "problem"> & {
  /** What the server said, unless a field shows it. */
  error?: unknown;
};

/** The settings' form, in their words. */
export function FormDialog({ error, ...form }: Props) {
  const t = useT();
  return (
    <Base
      {...form}
      closeLabel={t("close")}
      backLabel={t("cancel")}
      problem={error ? errorMessage(error) : null}
    />
  );
}
