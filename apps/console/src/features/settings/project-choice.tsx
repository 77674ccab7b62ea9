import type { Project } from "@okno/contract";
import { EmptyState, Select } from "@okno/ui";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { projectsQuery } from "../../shared/directory/directory.ts";
import { hasRole, useMe } from "../../shared/session/session.ts";
import { useT } from "./messages.ts";
import { Loaded } from "./page.tsx";

/** The projects whose settings this person may change. */
export function useAdministered(): { projects: Project[]; query: ReturnType<typeof useProjectsQuery> } {
  const me = useMe();
  const query = useProjectsQuery();
  return { query, projects: (query.data ?? []).filter((project) => hasRole(me, "admin", project.id)) };
}

const useProjectsQuery = () => useQuery(projectsQuery);

/** A page about one project: chooses it (in the address, so that a link leads to the same) where there are several. */
export function WithProject({ children }: { children: (project: Project) => ReactNode }) {
  const t = useT();
  const navigate = useNavigate();
  const { project: wanted } = useSearch({ strict: false });
  const { projects, query } = useAdministered();
  const project = projects.find((each) => each.id === wanted) ?? projects[0];
  return (
    <Loaded query={query}>
      {() =>
        project ? (
          <div className="flex flex-col gap-6">
            {projects.length > 1 ? (
              <Select
                aria-label={t("project")}
                className="max-w-72"
                options={projects.map(({ id, name }) => ({ value: id, label: name }))}
                value={project.id}
                onValueChange={(id) => void navigate({ to: ".", search: { project: id }, replace: true })}
              />
            ) : null}
            {children(project)}
          </div>
        ) : (
          <EmptyState title={t("no.access")} text={t("no.access.text")} />
        )
      }
    </Loaded>
  );
}
