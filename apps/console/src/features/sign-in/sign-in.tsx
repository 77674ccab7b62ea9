import { Banner, Button, Field, TextField } from "@okno/ui";
import { useMutation } from "@tanstack/react-query";
import { useRouter, useSearch } from "@tanstack/react-router";
import { type FormEvent, useRef, useState } from "react";
import { api } from "../../shared/api/client.ts";
import { errorMessage, isRefusal } from "../../shared/api/error-message.ts";
import { Entrance } from "../../shared/entrance/entrance.tsx";
import { PasswordField } from "../../shared/entrance/password-field.tsx";
import { useLocale } from "../../shared/i18n/i18n.ts";
import { enterSession } from "../../shared/session/session.ts";
import { useT } from "./messages.ts";
import { isServersOwn, placeAfter } from "./place-after.ts";
import { useCountdown } from "./use-countdown.ts";

function waitUntil(error: unknown): number | undefined {
  if (!isRefusal(error, "rate_limited")) return undefined;
  const seconds = error.problem?.details?.retryAfterSeconds;
  return Date.now() + (typeof seconds === "number" ? seconds : 5) * 1000;
}

/** Why it did not work, when it is not the fields' fault. */
function Refused({ error, seconds }: { error: unknown; seconds: number | undefined }) {
  const t = useT();
  if (seconds !== undefined)
    return <Banner tone="soon">{seconds > 0 ? t("wait", { seconds }) : t("wait.over")}</Banner>;
  if (!error) return null;
  return (
    <Banner tone="late">{isRefusal(error, "wrong_credentials") ? t("wrong") : errorMessage(error)}</Banner>
  );
}

function useSignIn() {
  const router = useRouter();
  const { next } = useSearch({ from: "/sign-in" });
  const [until, setUntil] = useState<number>();
  const signIn = useMutation({
    mutationFn: (body: { email: string; password: string }) => api.session.signIn({ body }),
    onMutate: () => setUntil(undefined),
    onSuccess: (me) => {
      enterSession(me);
      const place = placeAfter(next);
      if (isServersOwn(place)) location.replace(place);
      else router.history.replace(place);
    },
    onError: (error) => setUntil(waitUntil(error)),
  });
  return { ...signIn, until };
}

/** The way in, for who has an account. */
export function SignIn() {
  const t = useT();
  const locale = useLocale();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [tried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const { mutate, isPending, error, until } = useSignIn();
  const seconds = useCountdown(until);
  const address = email.trim();
  const emailError =
    address === "" ? t("email.empty") : /^\S+@\S+\.\S+$/u.test(address) ? "" : t("email.wrong");
  const passwordError = password === "" ? t("password.empty") : "";

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (emailError || passwordError)
      form.current
        ?.querySelector<HTMLElement>(emailError ? "[type=email]" : "[autocomplete=current-password]")
        ?.focus();
    else if (!isPending) mutate({ email: address, password });
  };

  return (
    <Entrance title={t("title")}>
      <h1 className="text-28 font-semibold">{t("heading")}</h1>
      <p className="mt-1 text-14 text-text-2">{t("text")}</p>
      <form ref={form} onSubmit={submit} noValidate className="mt-6 flex flex-col gap-4">
        <Field label={t("email")} error={tried && emailError} required>
          <TextField
            type="email"
            name="email"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        </Field>
        <Field label={t("password")} error={tried && passwordError} required>
          <PasswordField value={password} onChange={setPassword} autoComplete="current-password" />
        </Field>
        <Refused error={error} seconds={seconds} />
        <Button type="submit" variant="primary" busy={isPending} className="w-full">
          {t("submit")}
        </Button>
      </form>
      <p className="mt-6 text-13 text-text-3">{t("help")}</p>
      <p className="mt-2 text-13">
        <a href={`/docs/${locale}/access`} className="text-accent underline underline-offset-2">
          {t("access")}
        </a>
      </p>
    </Entrance>
  );
}
