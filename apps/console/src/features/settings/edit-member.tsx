import type { Member } from "@okno/contract";
import { Button, Field, Switch, TextField } from "@okno/ui";
import { Link as LinkIcon, UserRoundCheck, UserRoundX } from "lucide-react";
import { useState } from "react";
import { api } from "../../shared/api/client.ts";
import { membersQuery } from "../../shared/directory/directory.ts";
import { hasRole, meQuery, useMe } from "../../shared/session/session.ts";
import { FormDialog } from "./form-dialog.tsx";
import { type Grants, GrantsEditor } from "./grants-editor.tsx";
import type { Link } from "./link-dialog.tsx";
import { useT } from "./messages.ts";
import { useT as usePeopleT } from "./people-messages.ts";
import { useAdministered } from "./project-choice.tsx";
import { useSave } from "./use-save.ts";

type Props = { member: Member; onLink: (link: Link) => void; onClose: () => void };
type Change = NonNullable<Parameters<typeof api.members.update>[0]["body"]>;
const stale = [membersQuery.queryKey, meQuery.queryKey];

/** Being let in at all: a new link, disabling and its undoing. Acts at once. */
function AccessActions({ member, onLink, onClose }: Props) {
  const t = usePeopleT();
  const params = { id: member.id };
  const disabled = member.status === "disabled";
  const link = useSave(() => api.members.link({ params }), { stale, onSaved: onLink, sayFailure: true });
  const able = useSave((next: boolean) => api.members.update({ params, body: { disabled: next } }), {
    stale,
    done: disabled ? t("enabled") : t("disabled"),
    onSaved: onClose,
    sayFailure: true,
  });
  return (
    <div className="flex flex-col gap-3 border-t pt-4">
      {disabled ? null : (
        <div className="flex flex-wrap items-center justify-between gap-2">
          <p className="min-w-0 flex-1 basis-48 text-13 text-text-3">{t("link.help")}</p>
          <Button size="sm" icon={<LinkIcon />} busy={link.isPending} onClick={() => link.mutate(undefined)}>
            {t("link")}
          </Button>
        </div>
      )}
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="min-w-0 flex-1 basis-48 text-13 text-text-3">{disabled ? "" : t("disable.text")}</p>
        <Button
          size="sm"
          icon={disabled ? <UserRoundCheck /> : <UserRoundX />}
          busy={able.isPending}
          onClick={() => able.mutate(!disabled)}
        >
          {disabled ? t("enable") : t("disable")}
        </Button>
      </div>
    </div>
  );
}

function differences(member: Member, draft: { name: string; owner: boolean; grants: Grants }): Change {
  return {
    ...(draft.name !== member.name && { name: draft.name }),
    ...(draft.owner !== member.owner && { owner: draft.owner }),
    ...(!draft.owner && { grants: draft.grants }),
  };
}

/** A member's roles, and being let in. */
export function EditMember({ member, onLink, onClose }: Props) {
  const t = usePeopleT();
  const common = useT();
  const me = useMe();
  const { projects } = useAdministered();
  const [draft, setDraft] = useState({ name: member.name, owner: member.owner, grants: member.grants });
  const empty = draft.name.trim() === "";
  const { mutate, isPending, error } = useSave(
    () => api.members.update({ params: { id: member.id }, body: differences(member, draft) }),
    { stale, done: t("edit.saved"), onSaved: onClose },
  );
  // What the server decides too: only who administers everything the member may touch changes the whole person.
  const whole =
    me.member.owner || (!member.owner && member.grants.every((grant) => hasRole(me, "admin", grant.project)));
  return (
    <FormDialog
      title={member.name}
      text={member.email}
      submitLabel={common("save")}
      busy={isPending}
      error={error}
      onClose={onClose}
      onSubmit={() => {
        if (!empty) mutate(undefined);
      }}
    >
      {whole ? (
        <Field label={t("name")} error={empty && common("person.empty")}>
          <TextField
            maxLength={200}
            value={draft.name}
            onChange={(event) => setDraft({ ...draft, name: event.target.value })}
          />
        </Field>
      ) : (
        <p className="text-13 text-text-3">{t("edit.forbidden")}</p>
      )}
      {me.member.owner ? (
        <Switch
          label={t("owner")}
          hint={t("owner.hint")}
          checked={draft.owner}
          onCheckedChange={(owner) => setDraft({ ...draft, owner })}
        />
      ) : null}
      {draft.owner ? null : (
        <GrantsEditor
          projects={projects}
          grants={draft.grants}
          onChange={(grants) => setDraft({ ...draft, grants })}
        />
      )}
      {whole && member.id !== me.member.id ? (
        <AccessActions member={member} onLink={onLink} onClose={onClose} />
      ) : null}
    </FormDialog>
  );
}
