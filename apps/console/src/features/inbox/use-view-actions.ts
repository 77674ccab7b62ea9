import { toast } from "@okno/ui";
import { useNavigate, useParams } from "@tanstack/react-router";
import { api } from "../../shared/api/client.ts";
import { errorMessage } from "../../shared/api/error-message.ts";
import { hideView, moveView, nudgeView } from "../../shared/views/arrange.ts";
import { openViewEditor } from "../../shared/views/editor.ts";
import { refreshViews, type Saved } from "../../shared/views/queries.ts";
import { useT } from "./messages.ts";

/** What a person does with a saved view. What cannot be done is said; what was done can be undone. */
export function useViewActions() {
  const t = useT();
  const navigate = useNavigate();
  const { view: current } = useParams({ strict: false });
  const attempt = (work: Promise<unknown>): Promise<boolean> =>
    work.then(
      () => true,
      (error: unknown) => {
        toast({ title: t("view.failed", { why: errorMessage(error) }), tone: "late" });
        return false;
      },
    );
  const undo = (title: string, onAction: () => void) =>
    toast({ title, action: { label: t("view.undo"), shortcut: "z", onAction } });
  const leave = (id: string) => {
    if (current === id) void navigate({ to: "/inbox/$view", params: { view: "mine" }, search: {} });
  };

  const restore = async ({ id, name }: Saved) => {
    if (!(await attempt(api.views.restore({ params: { id } })))) return;
    refreshViews();
    toast({ title: t("view.restored", { name }), tone: "good" });
  };
  return {
    edit: (view: Saved) => openViewEditor({ view }),
    duplicate: ({ name, icon, hue, condition, sort }: Saved) =>
      openViewEditor({ draft: { name: t("view.copy", { name }), icon, hue, condition, sort } }),
    move: (id: string, to: string) => void attempt(moveView(id, to)),
    nudge: (id: string, step: 1 | -1) => void attempt(nudgeView(id, step)),
    hide: async (view: Saved) => {
      if (!(await attempt(hideView(view.id, true)))) return;
      leave(view.id);
      undo(t("view.hidden", { name: view.name }), () => void attempt(hideView(view.id, false)));
    },
    show: (view: Saved) => void attempt(hideView(view.id, false)),
    remove: async (view: Saved) => {
      if (!(await attempt(api.views.delete({ params: { id: view.id } })))) return;
      leave(view.id);
      refreshViews();
      undo(t("view.deleted", { name: view.name }), () => void restore(view));
    },
  };
}
