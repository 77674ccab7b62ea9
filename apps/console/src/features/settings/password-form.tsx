import { Banner, Button, Field } from "@okno/ui";
import { type FormEvent, useState } from "react";
import { api } from "../../shared/api/client.ts";
import { errorMessage, isRefusal } from "../../shared/api/error-message.ts";
import { PasswordField, shortestPassword } from "../../shared/entrance/password-field.tsx";
import { useT } from "./messages.ts";
import { sessionsKey } from "./sessions-query.ts";
import { useSave } from "./use-save.ts";

/** The current password and the new one. */
export function PasswordForm({ email }: { email: string }) {
  const t = useT();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [tried, setTried] = useState(false);
  const { mutate, isPending, error } = useSave(
    (body: { current: string; next: string }) => api.session.changePassword({ body }),
    {
      stale: [sessionsKey],
      done: t("password.changed"),
      onSaved: () => {
        setCurrent("");
        setNext("");
        setTried(false);
      },
    },
  );
  const wrong = isRefusal(error, "wrong_credentials");
  const short = next.length < shortestPassword;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (current !== "" && !short && !isPending) mutate({ current, next });
  };
  return (
    <form onSubmit={submit} noValidate className="flex flex-col items-start gap-4">
      <input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
      <Field
        label={t("password.current")}
        error={(tried && current === "" && t("password.empty")) || (wrong && t("password.wrong"))}
        className="w-full"
      >
        <PasswordField value={current} onChange={setCurrent} autoComplete="current-password" />
      </Field>
      <Field
        label={t("password.next")}
        hint={t("password.hint", { count: shortestPassword })}
        error={tried && short && t("password.short", { count: shortestPassword })}
        className="w-full"
      >
        <PasswordField value={next} onChange={setNext} autoComplete="new-password" />
      </Field>
      {error && !wrong ? <Banner tone="late">{errorMessage(error)}</Banner> : null}
      <Button type="submit" busy={isPending}>
        {t("password.change")}
      </Button>
    </form>
  );
}
