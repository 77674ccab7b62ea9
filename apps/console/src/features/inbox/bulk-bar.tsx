import type { BulkAction, BulkMatch } from "@okno/contract";
import { Button, IconButton } from "@okno/ui";
import { Check, RotateCcw, X } from "lucide-react";
import { useState } from "react";
import { useCommands } from "../../shared/keys/use-commands.ts";
import { type Filters, listQueryOf, type View } from "../../shared/tickets/filters.ts";
import { startBulk } from "./bulk.ts";
import { BulkAssign, type BulkMenu, BulkPostpone, BulkTags } from "./bulk-menus.tsx";
import { useT } from "./bulk-messages.ts";
import { BulkPreview } from "./bulk-preview.tsx";
import type { Selection } from "./selection.ts";

/** More than these are shown in numbers before anything is done to them. */
const atOnce = 25;
/** The most that are named one by one. */
const mostNamed = 1_000;

type Props = {
  view: View;
  filters: Filters;
  selection: Selection;
  /** Everything loaded is chosen, and there is more behind it. */
  canSelectAll: boolean;
  onSelectAll: () => void;
  onClear: () => void;
};

/** What can be done with the chosen tickets. While it is there, its keys mean them, not the ticket in hand. */
export function BulkBar({ view, filters, selection, canSelectAll, onSelectAll, onClear }: Props) {
  const t = useT();
  const [menu, setMenu] = useState<BulkMenu>();
  const [asked, setAsked] = useState<BulkAction>();
  const { ids, all } = selection;
  const match: BulkMatch = all ? { list: listQueryOf(view, filters) } : { ids: [...ids].slice(0, mostNamed) };
  const start = async (act: BulkAction) => {
    setAsked(undefined);
    if (await startBulk(act, match)) onClear();
  };
  const act = (what: BulkAction) => {
    setMenu(undefined);
    if (all || ids.size > atOnce) setAsked(what);
    else void start(what);
  };
  const complete = () => act({ action: "complete", body: {} });
  const reopen = () => act({ action: "reopen", body: {} });
  const finished = view === "completed" || view === "waiting";
  const command = (id: string, title: string, keys: string, run: () => void) =>
    ({ id: `bulk.${id}`, title, group: "list", keys, overrides: true, run }) as const;
  useCommands([
    command("complete", t("complete"), "e", complete),
    command("postpone", t("postpone"), "h", () => setMenu("postpone")),
    command("assign", t("assign"), "a", () => setMenu("assign")),
    command("tags", t("tags"), "l", () => setMenu("tags")),
    command("reopen", t("reopen"), "shift+e", reopen),
    command("clear", t("clear"), "esc", onClear),
  ]);
  const menuProps = (name: BulkMenu) => ({
    open: menu === name,
    onOpenChange: (open: boolean) => setMenu(open ? name : undefined),
    onAct: act,
    filters,
  });
  return (
    <div
      role="toolbar"
      aria-label={t("bar")}
      data-testid="bulk-bar"
      className="flex flex-col gap-2 border-t bg-surface-2 px-3 py-2.5"
    >
      <div className="flex items-center gap-2 pl-1">
        <span role="status" className="min-w-0 flex-1 text-14 font-medium tabular-nums">
          {all ? t("selected.all") : t("selected", { count: ids.size })}
        </span>
        <IconButton size="sm" label={t("clear")} shortcut="esc" icon={<X />} onClick={onClear} />
      </div>
      {canSelectAll && !all ? (
        <Button size="sm" variant="ghost" className="self-start" onClick={onSelectAll}>
          {t("select.all")}
        </Button>
      ) : null}
      <div className="flex items-center gap-1.5">
        <BulkAssign {...menuProps("assign")} />
        <BulkTags {...menuProps("tags")} />
        <BulkPostpone {...menuProps("postpone")} />
        {finished ? (
          <IconButton label={t("reopen")} shortcut="shift+e" icon={<RotateCcw />} onClick={reopen} />
        ) : null}
        <span className="flex-1" />
        {view === "completed" ? null : (
          <Button variant="primary" icon={<Check />} shortcut="e" onClick={complete}>
            {t("complete")}
          </Button>
        )}
      </div>
      {asked ? (
        <BulkPreview
          act={asked}
          match={match}
          onClose={() => setAsked(undefined)}
          onDo={() => void start(asked)}
        />
      ) : null}
    </div>
  );
}
