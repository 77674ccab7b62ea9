import { createContext, useContext, useId } from "react";

/** What a Field tells the control inside it. */
export type FieldControl = {
  id: string;
  describedBy: string | undefined;
  invalid: boolean;
  required: boolean;
};

export const FieldContext = createContext<FieldControl | undefined>(undefined);

type Own = {
  id?: string | undefined;
  "aria-describedby"?: string | undefined;
  invalid?: boolean | undefined;
  required?: boolean | undefined;
};

/** Attributes of a control: its own props win, the surrounding Field fills the rest. */
export function useFieldControl(own: Own) {
  const field = useContext(FieldContext);
  const fallbackId = useId();
  const invalid = own.invalid ?? field?.invalid ?? false;
  const required = own.required ?? field?.required ?? false;
  return {
    id: own.id ?? field?.id ?? fallbackId,
    "aria-describedby": own["aria-describedby"] ?? field?.describedBy,
    "aria-invalid": invalid || undefined,
    "aria-required": required || undefined,
  };
}
