import type { Project, Team } from "@okno/contract";
import { Avatar, Button, EmptyState, IconButton, Tag } from "@okno/ui";
import { useQuery } from "@tanstack/react-query";
import { Archive, Pencil, Plus } from "lucide-react";
import { useState } from "react";
import { api } from "../../shared/api/client.ts";
import { teamsQuery, useMembers } from "../../shared/directory/directory.ts";
import { hueOfLabel } from "../../shared/directory/label-hue.ts";
import { EditTeam } from "./edit-team.tsx";
import { FormDialog } from "./form-dialog.tsx";
import { useT } from "./messages.ts";
import { Loaded, Row, Rows, SettingsPage } from "./page.tsx";
import { WithProject } from "./project-choice.tsx";
import { useT as useTeamT } from "./team-messages.ts";
import { useSave } from "./use-save.ts";

const namesShown = 6;

function People({ team }: { team: Team }) {
  const t = useTeamT();
  const members = useMembers();
  if (team.members.length === 0) return t("members.none");
  const known = members.filter((member) => team.members.includes(member.id));
  const shown = known.slice(0, namesShown);
  const more = team.members.length - shown.length;
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
      {shown.map((member) => (
        <span key={member.id} className="flex min-w-0 items-center gap-1.5">
          <Avatar size="sm" name={member.name} seed={member.id} decorative />
          <bdi className="truncate">{member.name}</bdi>
        </span>
      ))}
      {more > 0 ? <span>{t("members.more", { count: more })}</span> : null}
    </span>
  );
}

function ArchiveTeam({ team, onClose }: { team: Team; onClose: () => void }) {
  const t = useTeamT();
  const { mutate, isPending, error } = useSave(() => api.teams.archive({ params: { id: team.id } }), {
    stale: [teamsQuery.queryKey],
    done: t("archived"),
    onSaved: onClose,
  });
  return (
    <FormDialog
      title={t("archive.title", { name: team.name })}
      text={t("archive.text")}
      submitLabel={t("archive.submit")}
      danger
      size="sm"
      busy={isPending}
      error={error}
      onClose={onClose}
      onSubmit={() => mutate(undefined)}
    />
  );
}

type Open = { what: "add" } | { what: "edit" | "archive"; team: Team };

function List({ project, teams }: { project: Project; teams: readonly Team[] }) {
  const t = useTeamT();
  const common = useT();
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const add = (
    <Button variant="primary" icon={<Plus />} onClick={() => setOpen({ what: "add" })}>
      {t("add")}
    </Button>
  );
  return (
    <>
      {teams.length === 0 ? (
        <EmptyState title={t("none")} text={t("none.text")} action={add} />
      ) : (
        <>
          <div>{add}</div>
          <Rows label={common("nav.teams")}>
            {teams.map((team) => (
              <Row
                key={team.id}
                title={
                  <>
                    <Tag hue={hueOfLabel(team.hue)}>{team.name}</Tag>
                    <span className="text-13 font-normal text-text-3">
                      {t("members.count", { count: team.members.length })}
                    </span>
                  </>
                }
                text={<People team={team} />}
                actions={
                  <>
                    <IconButton
                      label={t("edit", { name: team.name })}
                      icon={<Pencil />}
                      onClick={() => setOpen({ what: "edit", team })}
                    />
                    <IconButton
                      label={t("archive", { name: team.name })}
                      icon={<Archive />}
                      onClick={() => setOpen({ what: "archive", team })}
                    />
                  </>
                }
              />
            ))}
          </Rows>
        </>
      )}
      {open?.what === "archive" ? <ArchiveTeam team={open.team} onClose={close} /> : null}
      {open?.what === "add" || open?.what === "edit" ? (
        <EditTeam project={project.id} team={open.what === "edit" ? open.team : undefined} onClose={close} />
      ) : null}
    </>
  );
}

/** Teams of a project. */
export function Teams() {
  const t = useTeamT();
  const common = useT();
  const query = useQuery(teamsQuery);
  return (
    <SettingsPage title={common("nav.teams")} text={t("text")}>
      <WithProject>
        {(project) => (
          <Loaded query={query}>
            {(teams) => (
              <List
                key={project.id}
                project={project}
                teams={teams.filter((team) => team.project === project.id)}
              />
            )}
          </Loaded>
        )}
      </WithProject>
    </SettingsPage>
  );
}
