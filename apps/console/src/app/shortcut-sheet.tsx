import { Dialog, Kbd } from "@okno/ui";
import { useT } from "./messages.ts";

const groups = [
  [
    "keys.list",
    [
      ["keys.walk", "j"],
      ["keys.walk.back", "k"],
      ["keys.open", "enter"],
      ["keys.filter", "/"],
      ["keys.back", "esc"],
    ],
  ],
  [
    "keys.ticket",
    [
      ["keys.claim", "c"],
      ["keys.complete", "e"],
      ["keys.postpone", "h"],
      ["keys.assign", "a"],
      ["keys.transfer", "t"],
      ["keys.tags", "l"],
      ["keys.undo", "z"],
    ],
  ],
  [
    "keys.write",
    [
      ["keys.reply", "r"],
      ["keys.note", "n"],
      ["keys.send", "mod+enter"],
      ["keys.send.complete", "mod+shift+enter"],
    ],
  ],
  [
    "keys.go",
    [
      ["keys.mine", "g i"],
      ["keys.unassigned", "g u"],
      ["keys.waiting", "g w"],
      ["keys.completed", "g e"],
      ["keys.all", "g a"],
      ["keys.settings", "g s"],
      ["keys.help", "?"],
    ],
  ],
] as const;

/** All keys on one page. They work by place on the keyboard, so the layout does not matter. */
export function ShortcutSheet({
  open,
  onOpenChange,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const t = useT();
  return (
    <Dialog
      title={t("keys.title")}
      text={t("keys.text")}
      closeLabel={t("close")}
      open={open}
      onOpenChange={onOpenChange}
      size="lg"
    >
      <div className="grid gap-x-10 gap-y-6 md:grid-cols-2">
        {groups.map(([title, keys]) => (
          <section key={title}>
            <h3 className="mb-1.5 text-12 font-semibold text-text-3">{t(title)}</h3>
            <dl className="divide-y">
              {keys.map(([name, shortcut]) => (
                <div key={name} className="flex min-h-8 items-center justify-between gap-4 text-14">
                  <dt>{t(name)}</dt>
                  <dd>
                    <Kbd keys={shortcut} />
                    <span className="sr-only">{shortcut}</span>
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
