import { Button, Field, FormRow, SegmentedControl, TextField } from "@okno/ui";
import { useState } from "react";
import { api } from "../../shared/api/client.ts";
import { errorMessage } from "../../shared/api/error-message.ts";
import { meQuery, useMe } from "../../shared/session/session.ts";
import { usePreferences } from "../../shared/session/use-preferences.ts";
import { useT } from "./messages.ts";
import { SettingsPage } from "./page.tsx";
import { PasswordForm } from "./password-form.tsx";
import { StepUpCodes } from "./step-up.tsx";
import { useT as useStepUpT } from "./step-up-messages.ts";
import { useSave } from "./use-save.ts";
import { Writing } from "./writing.tsx";

function NameForm() {
  const t = useT();
  const me = useMe();
  const [name, setName] = useState(me.member.name);
  const { mutate, isPending, error } = useSave(
    (next: string) => api.session.updateMe({ body: { name: next } }),
    {
      stale: [meQuery.queryKey, ["members"]],
      done: t("saved"),
    },
  );
  const empty = name.trim() === "";
  return (
    <form
      noValidate
      className="flex flex-wrap items-start gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (!empty && !isPending) mutate(name);
      }}
    >
      <Field
        label={t("name")}
        hideLabel
        error={empty ? t("person.empty") : error ? errorMessage(error) : ""}
        className="flex-1 basis-56"
      >
        <TextField
          value={name}
          maxLength={200}
          autoComplete="name"
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      <Button type="submit" busy={isPending} disabled={empty || name === me.member.name}>
        {t("save")}
      </Button>
    </form>
  );
}

function Look() {
  const t = useT();
  const { preferences, change } = usePreferences();
  return (
    <>
      <Labelled title={t("language")}>
        <SegmentedControl
          label={t("language")}
          value={preferences.locale}
          onValueChange={(locale) => change({ locale })}
          options={[
            { value: "ru", label: <span lang="ru">Русский</span> },
            { value: "en", label: <span lang="en">English</span> },
          ]}
        />
      </Labelled>
      <Labelled title={t("theme")}>
        <SegmentedControl
          label={t("theme")}
          value={preferences.theme}
          onValueChange={(theme) => change({ theme })}
          options={(["system", "light", "dark"] as const).map((value) => ({
            value,
            label: t(`theme.${value}`),
          }))}
        />
      </Labelled>
      <Labelled title={t("density")}>
        <SegmentedControl
          label={t("density")}
          value={preferences.density}
          onValueChange={(density) => change({ density })}
          options={(["comfortable", "compact"] as const).map((value) => ({
            value,
            label: t(`density.${value}`),
          }))}
        />
      </Labelled>
    </>
  );
}

function Labelled({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <div className="flex flex-col items-start gap-1.5">
      <span aria-hidden="true" className="text-13 font-medium">
        {title}
      </span>
      {children}
    </div>
  );
}

/** Name, look, password, one-time codes: what is one's own. */
export function Profile() {
  const t = useT();
  const stepUp = useStepUpT();
  const me = useMe();
  return (
    <SettingsPage title={t("nav.profile")} text={t("profile.text")}>
      <FormRow title={t("name")} text={t("name.text")}>
        <NameForm />
        <p className="text-13 text-text-3">{me.member.email}</p>
      </FormRow>
      <FormRow title={t("look")} text={t("look.text")}>
        <Look />
      </FormRow>
      <FormRow title={t("writing")} text={t("writing.text")}>
        <Writing />
      </FormRow>
      <FormRow title={t("password")} text={t("password.text")}>
        <PasswordForm email={me.member.email} />
      </FormRow>
      <FormRow title={stepUp("title")} text={stepUp("text")}>
        <StepUpCodes />
      </FormRow>
    </SettingsPage>
  );
}
