import { useSearch } from "@tanstack/react-router";
import { useProjects } from "../../shared/directory/directory.ts";

let lastUsed: string | undefined;

/** The project a new ticket goes into unless told: the one chosen, the one in view, the last one used, the first. */
export function useProject(chosen: string | undefined): string {
  const projects = useProjects();
  const { project: inView } = useSearch({ strict: false }) as { project?: string };
  const known = [chosen, inView, lastUsed].find((id) => projects.some((project) => project.id === id));
  return known ?? projects[0]?.id ?? "";
}

export function rememberProject(project: string): void {
  lastUsed = project;
}
