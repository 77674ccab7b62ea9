/** The search of pages that show one project's settings. */
export function readProjectSearch(search: Record<string, unknown>): { project?: string } {
  return typeof search.project === "string" ? { project: search.project } : {};
}
