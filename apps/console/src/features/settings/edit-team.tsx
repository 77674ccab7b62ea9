import { membersPerTeam, type Team } from "@okno/contract";
import { Avatar, Checkbox, Field, TextField } from "@okno/ui";
import { useState } from "react";
import { api } from "../../shared/api/client.ts";
import { isRefusal } from "../../shared/api/error-message.ts";
import { assignable, teamsQuery, useMembers } from "../../shared/directory/directory.ts";
import { FormDialog } from "./form-dialog.tsx";
import { HueChoice } from "./hue-choice.tsx";
import { useT } from "./messages.ts";
import { useT as useProjectT } from "./project-messages.ts";
import { useT as useTeamT } from "./team-messages.ts";
import { useSave } from "./use-save.ts";

type Props = { project: string; team?: Team | undefined; onClose: () => void };

/** More people than this are looked for by name. */
const shownWithoutFilter = 8;

function MembersChoice({
  project,
  chosen,
  onChange,
}: {
  project: string;
  chosen: readonly string[];
  onChange: (members: string[]) => void;
}) {
  const t = useTeamT();
  const [filter, setFilter] = useState("");
  const all = useMembers();
  const people = assignable(all, project);
  // Whoever has left the project may still stand in the team: shown, so that they can be taken out.
  const gone = all.filter((member) => chosen.includes(member.id) && !people.includes(member));
  const wanted = filter.trim().toLocaleLowerCase();
  const shown = [...people, ...gone].filter((member) => member.name.toLocaleLowerCase().includes(wanted));
  const toggle = (id: string) =>
    onChange(chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id]);
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="pb-1.5 text-13 font-medium">{t("members")}</legend>
      {people.length > shownWithoutFilter ? (
        <TextField
          size="sm"
          aria-label={t("filter")}
          placeholder={t("filter")}
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
        />
      ) : null}
      {people.length === 0 ? <p className="text-13 text-text-3">{t("members.nobody")}</p> : null}
      <ul className="flex max-h-56 flex-col gap-1 overflow-y-auto">
        {shown.map((member) => (
          <li key={member.id} className="flex items-center gap-2">
            <Avatar size="sm" name={member.name} seed={member.id} decorative />
            <Checkbox
              className="min-w-0 flex-1"
              label={member.name}
              checked={chosen.includes(member.id)}
              disabled={!chosen.includes(member.id) && chosen.length >= membersPerTeam}
              onCheckedChange={() => toggle(member.id)}
            />
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

/** A new team, or the name, hue and people of one. */
export function EditTeam({ project, team, onClose }: Props) {
  const t = useTeamT();
  const common = useT();
  const projectT = useProjectT();
  const [name, setName] = useState(team?.name ?? "");
  const [hue, setHue] = useState<Team["hue"]>(team?.hue ?? "teal");
  const [members, setMembers] = useState<string[]>(team?.members ?? []);
  const [tried, setTried] = useState(false);
  const empty = name.trim() === "";
  const { mutate, isPending, error } = useSave(
    () => {
      const body = { name, hue, members };
      return team
        ? api.teams.update({ params: { id: team.id }, body })
        : api.teams.create({ body: { project, ...body } });
    },
    { stale: [teamsQuery.queryKey], done: common("saved"), onSaved: onClose },
  );
  const taken = isRefusal(error, "already_exists");
  return (
    <FormDialog
      title={team ? t("edit.title", { name: team.name }) : t("add.title")}
      submitLabel={team ? common("save") : t("add")}
      busy={isPending}
      error={taken ? undefined : error}
      onClose={onClose}
      onSubmit={() => {
        setTried(true);
        if (!empty) mutate(undefined);
      }}
    >
      <Field
        label={projectT("name")}
        error={(tried && empty && common("name.empty")) || (taken && projectT("taken"))}
        required
      >
        <TextField maxLength={60} value={name} onChange={(event) => setName(event.target.value)} />
      </Field>
      <HueChoice hue={hue} onChange={setHue} />
      <MembersChoice project={project} chosen={members} onChange={setMembers} />
    </FormDialog>
  );
}
