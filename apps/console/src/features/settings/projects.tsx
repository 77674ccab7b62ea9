import type { Project } from "@okno/contract";
import { Button, IconButton } from "@okno/ui";
import { useQuery } from "@tanstack/react-query";
import { Pencil, Plus } from "lucide-react";
import { useState } from "react";
import { projectsQuery } from "../../shared/directory/directory.ts";
import { hasRole, useMe } from "../../shared/session/session.ts";
import { EditProject } from "./edit-project.tsx";
import { useT } from "./messages.ts";
import { Loaded, Row, Rows, SettingsPage } from "./page.tsx";
import { useT as useProjectT } from "./project-messages.ts";

const languages = { ru: "Русский", en: "English" } as const;

/** The projects of the workspace. */
export function Projects() {
  const t = useProjectT();
  const common = useT();
  const me = useMe();
  const query = useQuery(projectsQuery);
  const [open, setOpen] = useState<"add" | Project>();
  return (
    <SettingsPage
      title={common("nav.projects")}
      text={t("projects.text")}
      action={
        me.member.owner ? (
          <Button variant="primary" icon={<Plus />} onClick={() => setOpen("add")}>
            {t("add")}
          </Button>
        ) : null
      }
    >
      <Loaded query={query}>
        {(projects) => (
          <Rows label={common("nav.projects")}>
            {projects.map((project) => (
              <Row
                key={project.id}
                icon={
                  <span
                    className="block size-5 rounded-full border"
                    // The project's own colour is data, not a token.
                    style={{ backgroundColor: project.accent }}
                  />
                }
                title={project.name}
                text={`${languages[project.locale]} · ${project.timeZone.replaceAll("_", " ")}`}
                actions={
                  hasRole(me, "admin", project.id) ? (
                    <IconButton
                      label={t("edit", { name: project.name })}
                      icon={<Pencil />}
                      onClick={() => setOpen(project)}
                    />
                  ) : null
                }
              />
            ))}
          </Rows>
        )}
      </Loaded>
      {open ? (
        <EditProject project={open === "add" ? undefined : open} onClose={() => setOpen(undefined)} />
      ) : null}
    </SettingsPage>
  );
}
