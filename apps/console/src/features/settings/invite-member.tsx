import { Field, Switch, TextField } from "@okno/ui";
import { useState } from "react";
import { api } from "../../shared/api/client.ts";
import { isRefusal } from "../../shared/api/error-message.ts";
import { membersQuery } from "../../shared/directory/directory.ts";
import { useMe } from "../../shared/session/session.ts";
import { FormDialog } from "./form-dialog.tsx";
import { type Grants, GrantsEditor } from "./grants-editor.tsx";
import { type Link, LinkDialog } from "./link-dialog.tsx";
import { useT } from "./messages.ts";
import { useT as usePeopleT } from "./people-messages.ts";
import { useAdministered } from "./project-choice.tsx";
import { useSave } from "./use-save.ts";

type Draft = { name: string; email: string; owner: boolean; grants: Grants };

function useProblems({ name, email, owner, grants }: Draft) {
  const t = usePeopleT();
  const common = useT();
  return {
    name: name.trim() === "" ? common("person.empty") : "",
    email: /^\S+@\S+\.\S+$/u.test(email.trim()) ? "" : t("email.wrong"),
    grants: owner || grants.length > 0 ? "" : t("roles.none"),
  };
}

/** A new member: who, with which roles; then the link to hand over. */
export function InviteMember({ onClose }: { onClose: () => void }) {
  const t = usePeopleT();
  const me = useMe();
  const { projects } = useAdministered();
  const [draft, setDraft] = useState<Draft>({ name: "", email: "", owner: false, grants: [] });
  const [tried, setTried] = useState(false);
  const [link, setLink] = useState<Link>();
  const problems = useProblems(draft);
  const { mutate, isPending, error } = useSave(
    ({ name, email, owner, grants }: Draft) =>
      api.members.invite({ body: { name, email: email.trim(), owner, grants: owner ? [] : grants } }),
    { stale: [membersQuery.queryKey], onSaved: (answer) => setLink(answer.link) },
  );
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const taken = isRefusal(error, "already_exists");
  if (link) return <LinkDialog name={draft.name} link={link} onClose={onClose} />;
  return (
    <FormDialog
      title={t("invite.title")}
      text={t("invite.text")}
      submitLabel={t("invite")}
      busy={isPending}
      error={taken ? undefined : error}
      onClose={onClose}
      onSubmit={() => {
        setTried(true);
        if (Object.values(problems).every((problem) => problem === "")) mutate(draft);
      }}
    >
      <Field label={t("name")} error={tried && problems.name} required>
        <TextField
          maxLength={200}
          value={draft.name}
          onChange={(event) => change({ name: event.target.value })}
        />
      </Field>
      <Field label={t("email")} error={(tried && problems.email) || (taken && t("email.taken"))} required>
        <TextField
          type="email"
          autoComplete="off"
          value={draft.email}
          onChange={(event) => change({ email: event.target.value })}
        />
      </Field>
      {me.member.owner ? (
        <Switch
          label={t("owner")}
          hint={t("owner.hint")}
          checked={draft.owner}
          onCheckedChange={(owner) => change({ owner })}
        />
      ) : null}
      {draft.owner ? null : (
        <div>
          <GrantsEditor projects={projects} grants={draft.grants} onChange={(grants) => change({ grants })} />
          {tried && problems.grants ? (
            <p role="alert" className="mt-1.5 text-13 text-late">
              {problems.grants}
            </p>
          ) : null}
        </div>
      )}
    </FormDialog>
  );
}
