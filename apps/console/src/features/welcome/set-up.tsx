import { Banner, Button, Field, TextField } from "@okno/ui";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { api } from "../../shared/api/client.ts";
import { errorMessage, isRefusal } from "../../shared/api/error-message.ts";
import { PasswordField, shortestPassword } from "../../shared/entrance/password-field.tsx";
import { useLocale } from "../../shared/i18n/i18n.ts";
import { enterSession } from "../../shared/session/session.ts";
import { useT } from "./messages.ts";

type Props = { token: string; link: { workspace: string; name: string | null; email: string | null } };
type Draft = { name: string; email: string; password: string };

function useProblems({ name, email, password }: Draft) {
  const t = useT();
  return {
    name: name.trim() === "" ? t("name.empty") : "",
    email: /^\S+@\S+\.\S+$/u.test(email.trim()) ? "" : t("email.wrong"),
    password: password.length < shortestPassword ? t("password.short", { count: shortestPassword }) : "",
  };
}

function useUseLink(token: string) {
  const router = useRouter();
  const locale = useLocale();
  return useMutation({
    mutationFn: ({ name, email, password }: Draft) =>
      // biome-ignore lint/correctness/useHookAtTopLevel: a call of the API, named after its route
      api.session.useLink({ body: { token, name, email: email.trim(), password, locale } }),
    onSuccess: (me) => {
      enterSession(me);
      router.history.replace("/");
    },
  });
}

/** Name and password for a new member, a forgotten password, or the first owner. */
export function SetUp({ token, link }: Props) {
  const t = useT();
  const [draft, setDraft] = useState<Draft>({ name: link.name ?? "", email: link.email ?? "", password: "" });
  const [tried, setTried] = useState(false);
  const problems = useProblems(draft);
  const { mutate, isPending, error } = useUseLink(token);
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const owner = link.email === null;
  const taken = isRefusal(error, "already_exists");

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!isPending && Object.values(problems).every((problem) => problem === "")) mutate(draft);
  };

  return (
    <>
      <h1 className="text-28 font-semibold text-balance [overflow-wrap:anywhere]">
        {owner ? t("heading.owner") : t("heading", { workspace: link.workspace })}
      </h1>
      <p className="mt-1 text-14 text-text-2">{owner ? t("text.owner") : t("text")}</p>
      <form onSubmit={submit} noValidate className="mt-6 flex flex-col gap-4">
        <Field label={t("name")} hint={t("name.hint")} error={tried && problems.name} required>
          <TextField
            name="name"
            autoComplete="name"
            autoFocus={!link.name}
            maxLength={200}
            value={draft.name}
            onChange={(event) => change({ name: event.target.value })}
          />
        </Field>
        <Field
          label={t("email")}
          hint={t("email.hint")}
          error={(tried && problems.email) || (taken && t("email.taken"))}
          required
        >
          <TextField
            type="email"
            name="email"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            readOnly={!owner}
            value={draft.email}
            onChange={(event) => change({ email: event.target.value })}
          />
        </Field>
        <Field
          label={t("password")}
          hint={t("password.hint", { count: shortestPassword })}
          error={tried && problems.password}
          required
        >
          <PasswordField
            value={draft.password}
            onChange={(password) => change({ password })}
            autoComplete="new-password"
            autoFocus={Boolean(link.name)}
          />
        </Field>
        {error && !taken ? <Banner tone="late">{errorMessage(error)}</Banner> : null}
        <Button type="submit" variant="primary" busy={isPending} className="w-full">
          {t("submit")}
        </Button>
      </form>
    </>
  );
}
