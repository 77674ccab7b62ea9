import { DropdownItem, DropdownMenu, DropdownSeparator, IconButton } from "@okno/ui";
import { ArrowDown, ArrowUp, Copy, Ellipsis, EyeOff, Pencil, Trash2 } from "lucide-react";
import { useCommands } from "../../shared/keys/use-commands.ts";
import type { SavedView } from "../../shared/tickets/filters.ts";
import { useSavedView } from "../../shared/views/queries.ts";
import { useT } from "./messages.ts";
import { useViewActions } from "./use-view-actions.ts";

/** What can be done with the saved view on the screen. */
export function ViewMenu({ view }: { view: SavedView }) {
  const t = useT();
  const saved = useSavedView(view);
  const actions = useViewActions();
  const mayEdit = saved?.mayEdit ?? false;
  useCommands([
    {
      id: "view.edit",
      title: t("view.edit"),
      group: "list",
      enabled: mayEdit,
      run: () => saved && actions.edit(saved),
    },
    {
      id: "view.duplicate",
      title: t("view.duplicate"),
      group: "list",
      enabled: saved !== undefined,
      run: () => saved && actions.duplicate(saved),
    },
  ]);
  if (!saved) return null;
  return (
    <DropdownMenu
      trigger={<IconButton size="sm" label={t("view.menu", { name: saved.name })} icon={<Ellipsis />} />}
    >
      {mayEdit ? (
        <DropdownItem icon={<Pencil />} onSelect={() => actions.edit(saved)}>
          {t("view.edit")}
        </DropdownItem>
      ) : null}
      <DropdownItem icon={<Copy />} onSelect={() => actions.duplicate(saved)}>
        {t("view.duplicate")}
      </DropdownItem>
      <DropdownItem icon={<ArrowUp />} onSelect={() => actions.nudge(saved.id, -1)}>
        {t("view.up")}
      </DropdownItem>
      <DropdownItem icon={<ArrowDown />} onSelect={() => actions.nudge(saved.id, 1)}>
        {t("view.down")}
      </DropdownItem>
      <DropdownItem icon={<EyeOff />} onSelect={() => void actions.hide(saved)}>
        {t("view.hide")}
      </DropdownItem>
      {mayEdit ? (
        <>
          <DropdownSeparator />
          <DropdownItem icon={<Trash2 />} tone="danger" onSelect={() => void actions.remove(saved)}>
            {t("view.delete")}
          </DropdownItem>
        </>
      ) : null}
    </DropdownMenu>
  );
}
