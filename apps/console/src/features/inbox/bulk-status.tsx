import type { Bulk } from "@okno/contract";
import { Button, IconButton, ProgressBar } from "@okno/ui";
import { Undo2, X } from "lucide-react";
import { useCommands } from "../../shared/keys/use-commands.ts";
import { atWork, cancelBulk, dismissBulk, undoBulk, useCurrentBulk } from "./bulk.ts";
import { useT } from "./bulk-messages.ts";

const reasons = [
  "unchanged",
  "action_not_allowed",
  "conversation_already_open",
  "ticket_merged",
  "not_found",
  "forbidden",
  "unknown_reference",
  "touched",
  "refused",
] as const;

function LeftOut({ left }: { left: Bulk["leftOut"] }) {
  const t = useT();
  if (left.length === 0) return null;
  return (
    <ul className="flex flex-col gap-0.5 text-13 text-text-2">
      {left.map(({ reason, count, numbers }) => {
        const known = reasons.find((each) => each === reason) ?? "other";
        const named = { numbers: numbers.join(", ") };
        return (
          <li key={reason}>
            {t("left", { count, why: t(`left.${known}`) })}{" "}
            <span className="text-text-3 tabular-nums">
              {numbers.length < count ? t("numbers.more", named) : t("numbers", named)}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

function titleOf(bulk: Bulk, t: ReturnType<typeof useT>): string {
  const { action, state, done, skipped, refused, total, undone } = bulk;
  if (state === "running") return t(`running.${action}`, { done: done + skipped + refused, total });
  if (state === "undoing") return t("undoing", { done: undone, total: done });
  if (state === "undone") return t("undone", { count: undone });
  return state === "cancelled" ? t("cancelled", { done, total }) : t(`finished.${action}`, { count: done });
}

/** How a bulk goes on, and how it ended: with what was left out, and the way back. */
export function BulkStatus() {
  const t = useT();
  const bulk = useCurrentBulk();
  const ended = bulk !== undefined && (bulk.state === "finished" || bulk.state === "cancelled");
  const undo = () => bulk && void undoBulk(bulk);
  useCommands([
    {
      id: "bulk.undo",
      title: t("undo"),
      group: "list",
      keys: "shift+z",
      enabled: ended && bulk.done > 0,
      run: undo,
    },
  ]);
  if (!bulk) return <div role="status" />;
  const { done, skipped, refused, total, undone } = bulk;
  const part =
    bulk.state === "undoing" ? undone / Math.max(1, done) : (done + skipped + refused) / Math.max(1, total);
  return (
    <div
      role="status"
      data-testid="bulk-status"
      className="flex flex-col gap-2 border-t bg-surface-2 px-4 py-3"
    >
      <div className="flex items-center gap-2">
        <span className="min-w-0 flex-1 text-14 font-medium tabular-nums">{titleOf(bulk, t)}</span>
        {bulk.state === "running" ? (
          <Button size="sm" onClick={() => void cancelBulk(bulk)}>
            {t("stop")}
          </Button>
        ) : null}
        {ended && done > 0 ? (
          <Button size="sm" icon={<Undo2 />} shortcut="shift+z" onClick={undo}>
            {t("undo")}
          </Button>
        ) : null}
        {atWork(bulk) ? null : (
          <IconButton size="sm" label={t("close")} icon={<X />} onClick={() => dismissBulk(bulk)} />
        )}
      </div>
      {atWork(bulk) ? <ProgressBar label={titleOf(bulk, t)} value={part} /> : null}
      {atWork(bulk) ? null : <LeftOut left={bulk.state === "undone" ? bulk.leftOutOfUndo : bulk.leftOut} />}
    </div>
  );
}
