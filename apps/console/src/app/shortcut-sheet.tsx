import { Dialog, filterItems, Kbd, keyCaps, TextField } from "@okno/ui";
import { Search } from "lucide-react";
import { useState } from "react";
import { useLocale } from "../shared/i18n/i18n.ts";
import { commandGroups } from "../shared/keys/command.ts";
import { useGroupT } from "../shared/keys/messages.ts";
import { type ListedCommand, useListedCommands } from "../shared/keys/use-commands.ts";
import { useT } from "./messages.ts";

/** Commands with keys first: they are what one comes here for. */
function inGroup(commands: readonly ListedCommand[], group: ListedCommand["group"]): ListedCommand[] {
  const own = commands.filter((command) => command.group === group);
  return own.sort((a, b) => Number(b.keys.length > 0) - Number(a.keys.length > 0));
}

function Line({ command }: { command: ListedCommand }) {
  const t = useT();
  return (
    <div data-command={command.id} className="flex min-h-8 items-center justify-between gap-4 py-1 text-14">
      <dt className="min-w-0 [overflow-wrap:anywhere]">{command.title}</dt>
      <dd className="flex shrink-0 items-center gap-2">
        {command.keys.map((keys) => (
          <span key={keys}>
            <Kbd keys={keys} />
            <span className="sr-only">{keyCaps(keys).join(" ")}</span>
          </span>
        ))}
        {command.keys.length === 0 ? (
          <span className="sr-only">{t("keys.without", { keys: keyCaps("mod+k").join(" ") })}</span>
        ) : null}
      </dd>
    </div>
  );
}

function Groups({ query }: { query: string }) {
  const t = useT();
  const groupT = useGroupT();
  const commands = useListedCommands();
  const items = commands.map((command) => ({
    ...command,
    label: command.title,
    keywords: [command.keywords ?? "", groupT(command.group), ...command.keys],
  }));
  const found = new Set(filterItems(items, query).map((item) => item.id));
  const shown = commands.filter((command) => found.has(command.id));
  const groups = commandGroups
    .map((group) => ({ group, own: inGroup(shown, group) }))
    .filter(({ own }) => own.length > 0);
  return (
    <div className="mt-4 columns-1 gap-x-10 md:columns-2">
      {groups.map(({ group, own }) => (
        <section key={group} className="mb-6 break-inside-avoid">
          <h3 className="mb-1.5 text-12 font-semibold text-text-3">{groupT(group)}</h3>
          <dl className="divide-y">
            {own.map((command) => (
              <Line key={command.id} command={command} />
            ))}
          </dl>
        </section>
      ))}
      {groups.length === 0 ? (
        <p role="status" className="py-6 text-14 text-text-2">
          {t("keys.none")}
        </p>
      ) : null}
    </div>
  );
}

/** Everything that can be done on this screen, with its keys. They work by place, so the layout does not matter. */
export function ShortcutSheet({
  open,
  onOpenChange,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const t = useT();
  const locale = useLocale();
  const [query, setQuery] = useState("");
  return (
    <Dialog
      title={t("keys.title")}
      text={t("keys.text")}
      closeLabel={t("close")}
      open={open}
      onOpenChange={onOpenChange}
      size="lg"
    >
      <TextField
        type="search"
        autoFocus
        aria-label={t("keys.filter")}
        placeholder={t("keys.filter")}
        prefix={<Search />}
        value={query}
        onChange={(event) => setQuery(event.target.value)}
      />
      <Groups query={query} />
      <p className="text-13 text-text-2">
        <a
          href={`/help/${locale}`}
          target="_blank"
          rel="noopener"
          className="text-accent underline underline-offset-2"
        >
          {t("keys.help")}
        </a>
      </p>
    </Dialog>
  );
}
