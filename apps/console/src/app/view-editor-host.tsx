import { useNavigate } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { useT } from "../features/inbox/messages.ts";
import { keyedViews, shownViews } from "../features/inbox/saved-views.tsx";
import { savedIcons } from "../features/inbox/views.tsx";
import { useCommands } from "../shared/keys/use-commands.ts";
import { openViewEditor, useViewEditor } from "../shared/views/editor.ts";
import { useViews } from "../shared/views/queries.ts";

const ViewEditor = lazy(async () => ({
  default: (await import("../features/views/view-editor.tsx")).ViewEditor,
}));

/** The keys of saved views, and their editor while it is open. */
export function ViewEditorHost() {
  const t = useT();
  const navigate = useNavigate();
  const input = useViewEditor();
  const views = shownViews(useViews());
  useCommands([
    { id: "view.new", title: t("view.new"), group: "create", keys: "v", run: () => openViewEditor({}) },
    ...views.map((view, index) => ({
      id: `go.${view.id}`,
      title: view.name,
      group: "go" as const,
      icon: savedIcons[view.icon],
      ...(index < keyedViews && { keys: `g ${index + 1}` }),
      run: () => void navigate({ to: "/inbox/$view", params: { view: view.id }, search: {} }),
    })),
    {
      id: "go.report.unanswered",
      title: t("rail.report"),
      group: "go",
      run: () => void navigate({ href: "/reports/unanswered" }),
    },
  ]);
  return input ? (
    <Suspense>
      <ViewEditor key={input.view?.id ?? "new"} input={input} icons={savedIcons} />
    </Suspense>
  ) : null;
}
