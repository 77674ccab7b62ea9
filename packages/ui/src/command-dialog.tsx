import { Search } from "lucide-react";
import { Dialog as Base } from "radix-ui";
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { OVERLAY_CLASS } from "./control-class.ts";
import { cx } from "./cx.ts";
import { Kbd } from "./kbd.tsx";
import { Spinner } from "./spinner.tsx";

/** One line of a CommandDialog. */
export type CommandItem = {
  id: string;
  label: ReactNode;
  /** A quieter second line, such as a snippet. */
  detail?: ReactNode;
  /** Quiet text at the end of the line. */
  hint?: ReactNode;
  icon?: ReactNode;
  shortcut?: string | undefined;
};

export type CommandGroup = { id: string; heading: string; items: readonly CommandItem[] };

export type CommandDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Name of the field and of the list for assistive technology. */
  label: string;
  placeholder: string;
  query: string;
  onQueryChange: (query: string) => void;
  /** Shown as given: whoever gives them has filtered and ranked. */
  groups: readonly CommandGroup[];
  /** Called after the dialog has gone and the focus is back where it was. */
  onSelect: (id: string) => void;
  /** Read out as it changes, such as the number of results. */
  status: string;
  /** Answers are on their way. */
  busy?: boolean | undefined;
  /** Said under the field, such as that the server cannot be reached. */
  notice?: ReactNode;
  /** Stands where there is nothing to choose from. */
  empty?: ReactNode;
  footer?: ReactNode;
};

const PAGE = 8;

function targetOf(key: string, at: number, count: number): number | undefined {
  if (key === "ArrowDown") return (at + 1) % count;
  if (key === "ArrowUp") return (at - 1 + count) % count;
  if (key === "PageDown") return Math.min(at + PAGE, count - 1);
  if (key === "PageUp") return Math.max(at - PAGE, 0);
  return undefined;
}

/** The chosen line is kept by its id: later answers below or above it do not move the choice. */
function useActive(query: string, ids: readonly string[]) {
  const [kept, setKept] = useState<{ query: string; id: string }>();
  const found = kept?.query === query ? ids.indexOf(kept.id) : -1;
  const at = found === -1 ? 0 : found;
  const choose = (index: number) => {
    const id = ids[index];
    if (id !== undefined) setKept({ query, id });
  };
  return { at, choose };
}

function Line({
  item,
  id,
  active,
  onHover,
  onChoose,
}: {
  item: CommandItem;
  id: string;
  active: boolean;
  onHover: () => void;
  onChoose: () => void;
}) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys live on the field, which owns the focus
    <div
      id={id}
      role="option"
      tabIndex={-1}
      data-item={item.id}
      aria-selected={active}
      onPointerMove={onHover}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onChoose}
      className={cx(
        "flex min-h-9 cursor-default select-none items-center gap-2.5 rounded-control px-2 py-1 text-14 pointer-coarse:min-h-control",
        active && "bg-hover",
      )}
    >
      <span aria-hidden="true" className="flex size-4 shrink-0 text-text-3 [&_svg]:size-4">
        {item.icon}
      </span>
      <span className="min-w-0 flex-1">
        <span className="block truncate">{item.label}</span>
        {item.detail ? <span className="block truncate text-13 text-text-3">{item.detail}</span> : null}
      </span>
      {item.hint ? <span className="max-w-2/5 truncate text-13 text-text-3">{item.hint}</span> : null}
      {item.shortcut ? <Kbd keys={item.shortcut} className="pointer-coarse:hidden" /> : null}
    </div>
  );
}

type BodyProps = Omit<CommandDialogProps, "open" | "onOpenChange">;

function Body({
  label,
  placeholder,
  query,
  groups,
  status,
  busy,
  notice,
  empty,
  footer,
  ...rest
}: BodyProps) {
  const { onQueryChange, onSelect } = rest;
  const baseId = useId();
  const listRef = useRef<HTMLDivElement>(null);
  const items = groups.flatMap((group) => group.items);
  const { at, choose } = useActive(
    query,
    items.map((item) => item.id),
  );
  const active = items[at]?.id;
  const optionId = (id: string) => `${baseId}-${id}`;
  useEffect(() => {
    if (active === undefined) return;
    listRef.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [active]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const target = items.length > 0 ? targetOf(event.key, at, items.length) : undefined;
    const entered = event.key === "Enter" && active !== undefined;
    if (target === undefined && !entered) return;
    event.preventDefault();
    if (target !== undefined) choose(target);
    if (entered) onSelect(active);
  };
  return (
    <>
      <div className="flex items-center gap-2.5 border-b px-3">
        <Search aria-hidden="true" className="size-4 shrink-0 text-text-3" />
        <input
          role="combobox"
          aria-label={label}
          aria-expanded="true"
          aria-controls={`${baseId}-list`}
          aria-activedescendant={active === undefined ? undefined : optionId(active)}
          aria-autocomplete="list"
          autoComplete="off"
          spellCheck={false}
          maxLength={500}
          dir="auto"
          placeholder={placeholder}
          value={query}
          onChange={(event) => onQueryChange(event.target.value)}
          onKeyDown={onKeyDown}
          className="h-12 w-full min-w-0 bg-transparent text-16 outline-none"
        />
        <span className="flex size-4 shrink-0 text-text-3">{busy ? <Spinner /> : null}</span>
      </div>
      {notice ? (
        <p className="border-b bg-soon-soft px-3 py-2 text-13" role="status">
          {notice}
        </p>
      ) : null}
      <div
        ref={listRef}
        id={`${baseId}-list`}
        role="listbox"
        aria-label={label}
        className="max-h-[min(28rem,60dvh)] overflow-y-auto overscroll-contain p-1"
      >
        {groups.map((group) =>
          group.items.length > 0 ? (
            // biome-ignore lint/a11y/useSemanticElements: a fieldset may not stand in a list box
            <div key={group.id} role="group" aria-label={group.heading}>
              <div aria-hidden="true" className="px-2 pt-2 pb-1 text-12 font-medium text-text-3">
                {group.heading}
              </div>
              {group.items.map((item) => (
                <Line
                  key={item.id}
                  item={item}
                  id={optionId(item.id)}
                  active={item.id === active}
                  onHover={() => choose(items.indexOf(item))}
                  onChoose={() => onSelect(item.id)}
                />
              ))}
            </div>
          ) : null,
        )}
      </div>
      {items.length === 0 && empty ? <div className="px-4 pt-1 pb-6">{empty}</div> : null}
      <p role="status" className="sr-only">
        {status}
      </p>
      {footer ? (
        <div className="flex flex-wrap items-center gap-x-4 gap-y-1 border-t px-3 py-2 text-12 text-text-3 pointer-coarse:hidden">
          {footer}
        </div>
      ) : null}
    </>
  );
}

/** One field for everything one can do, open or find. Opens by a key, at once. */
export function CommandDialog({ open, onOpenChange, onSelect, ...body }: CommandDialogProps) {
  const chosen = useRef<string>(undefined);
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Overlay className="fixed inset-0 z-50 bg-scrim" />
        <Base.Content
          aria-describedby={undefined}
          onCloseAutoFocus={() => {
            const id = chosen.current;
            chosen.current = undefined;
            // After the focus has gone back, so that whatever is run may take it elsewhere.
            if (id !== undefined) queueMicrotask(() => onSelect(id));
          }}
          className={cx(
            OVERLAY_CLASS,
            "fixed top-[12vh] left-1/2 flex w-[calc(100vw-1rem)] max-w-2xl -translate-x-1/2 flex-col overflow-hidden max-md:top-2",
          )}
        >
          <Base.Title className="sr-only">{body.label}</Base.Title>
          <Body
            {...body}
            onSelect={(id) => {
              chosen.current = id;
              onOpenChange(false);
            }}
          />
        </Base.Content>
      </Base.Portal>
    </Base.Root>
  );
}
