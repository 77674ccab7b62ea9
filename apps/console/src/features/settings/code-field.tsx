import { Field, TextField } from "@okno/ui";
import { isRefusal } from "../../shared/api/error-message.ts";
import { useT } from "./step-up-messages.ts";

const digits = /^\d{6}$/u;
const recovery = /^[A-Z2-7]{10}$/u;

/** As the server reads it: without spaces and hyphens, in capitals. */
const plain = (text: string) => text.replace(/[\s-]/gu, "").toUpperCase();

/** Whether it can be a code at all. */
export function isCode(text: string, recoveryToo: boolean): boolean {
  return digits.test(plain(text)) || (recoveryToo && recovery.test(plain(text)));
}

/** True where the server's answer is about the code, and stands at the field. */
export const isAboutCode = (error: unknown) => isRefusal(error, "wrong_code");

type Props = {
  value: string;
  onChange: (value: string) => void;
  /** Recovery codes are taken as well. */
  recoveryToo?: boolean;
  tried: boolean;
  error: unknown;
};

/** Where a one-time code is entered; the browser may fill it in. */
export function CodeField({ value, onChange, recoveryToo = false, tried, error }: Props) {
  const t = useT();
  const wrong =
    tried && value.trim() === ""
      ? t("code.empty")
      : tried && !isCode(value, recoveryToo)
        ? t(recoveryToo ? "code.any.hint" : "code.form")
        : isAboutCode(error) && t("code.wrong");
  return (
    <Field
      label={t(recoveryToo ? "code.any" : "code")}
      hint={t(recoveryToo ? "code.any.hint" : "code.hint")}
      error={wrong}
    >
      <TextField
        value={value}
        onChange={(event) => onChange(event.target.value)}
        inputMode={recoveryToo ? "text" : "numeric"}
        autoComplete="one-time-code"
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={20}
        autoFocus
      />
    </Field>
  );
}
