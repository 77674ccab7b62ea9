import { CopyField, Field, QrCode } from "@okno/ui";
import { useState } from "react";
import { api } from "../../shared/api/client.ts";
import { isRefusal } from "../../shared/api/error-message.ts";
import { PasswordField } from "../../shared/entrance/password-field.tsx";
import { CodeField, isAboutCode, isCode } from "./code-field.tsx";
import { FormDialog } from "./form-dialog.tsx";
import { useT } from "./step-up-messages.ts";
import { stepUpKey } from "./step-up-query.ts";
import { useSave } from "./use-save.ts";

type Begun = { secret: string; uri: string };

function AskPassword({ onBegun, onClose }: { onBegun: (begun: Begun) => void; onClose: () => void }) {
  const t = useT();
  const [password, setPassword] = useState("");
  const [tried, setTried] = useState(false);
  const { mutate, isPending, error } = useSave(() => api.stepUp.begin({ body: { password } }), {
    stale: [],
    onSaved: onBegun,
  });
  const wrong = isRefusal(error, "wrong_credentials");
  return (
    <FormDialog
      title={t("password.title")}
      text={t("password.text")}
      submitLabel={t("next")}
      size="sm"
      busy={isPending}
      error={wrong ? undefined : error}
      onClose={onClose}
      onSubmit={() => {
        setTried(true);
        if (password !== "") mutate(undefined);
      }}
    >
      <Field
        label={t("password")}
        error={(tried && password === "" && t("password.empty")) || (wrong && t("password.wrong"))}
      >
        <PasswordField value={password} onChange={setPassword} autoComplete="current-password" autoFocus />
      </Field>
    </FormDialog>
  );
}

/** In groups of four, as it is typed off a screen. */
const grouped = (secret: string) => secret.replace(/(.{4})(?=.)/gu, "$1 ");

function Scan({
  begun,
  onDone,
  onClose,
}: {
  begun: Begun;
  onDone: (codes: string[]) => void;
  onClose: () => void;
}) {
  const t = useT();
  const [code, setCode] = useState("");
  const [tried, setTried] = useState(false);
  const { mutate, isPending, error } = useSave(() => api.stepUp.enrol({ body: { code } }), {
    stale: [stepUpKey],
    done: t("enrolled"),
    onSaved: ({ recoveryCodes }) => onDone(recoveryCodes),
  });
  return (
    <FormDialog
      title={t("scan.title")}
      text={t("scan.text")}
      submitLabel={t("enrol")}
      busy={isPending}
      error={isAboutCode(error) ? undefined : error}
      onClose={onClose}
      onSubmit={() => {
        setTried(true);
        if (isCode(code, false)) mutate(undefined);
      }}
    >
      <QrCode value={begun.uri} label={t("scan.picture")} className="self-center" />
      <Field label={t("secret")}>
        <CopyField
          value={grouped(begun.secret)}
          label={t("secret")}
          copyLabel={t("copy")}
          copiedLabel={t("copied")}
        />
      </Field>
      <CodeField value={code} onChange={setCode} tried={tried} error={error} />
    </FormDialog>
  );
}

/** Password, QR code, first code. Whoever gives up on the way has changed nothing. */
export function SetUpCodes({ onDone, onClose }: { onDone: (codes: string[]) => void; onClose: () => void }) {
  const [begun, setBegun] = useState<Begun>();
  if (!begun) return <AskPassword onBegun={setBegun} onClose={onClose} />;
  return <Scan begun={begun} onDone={onDone} onClose={onClose} />;
}
