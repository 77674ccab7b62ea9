import { IconButton, TextField } from "@okno/ui";
import { Eye, EyeOff } from "lucide-react";
import { useState } from "react";
import { useT } from "./messages.ts";

/** As the contract says: length counts, composition does not. */
export const shortestPassword = 10;

type Props = {
  value: string;
  onChange: (value: string) => void;
  /** Tells the browser's password keeper what this is. */
  autoComplete: "current-password" | "new-password";
  autoFocus?: boolean;
};

/** A password that can be looked at before it is sent. Stands inside a Field. */
export function PasswordField({ value, onChange, autoComplete, autoFocus }: Props) {
  const t = useT();
  const [shown, setShown] = useState(false);
  return (
    <TextField
      type={shown ? "text" : "password"}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      autoComplete={autoComplete}
      autoFocus={autoFocus}
      autoCapitalize="none"
      spellCheck={false}
      maxLength={200}
      className="pr-0.5!"
      suffix={
        <IconButton
          size="sm"
          label={shown ? t("password.hide") : t("password.show")}
          icon={shown ? <EyeOff /> : <Eye />}
          onClick={() => setShown(!shown)}
        />
      }
    />
  );
}
