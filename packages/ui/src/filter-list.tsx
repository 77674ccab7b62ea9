import { Check, Plus } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { cx } from "./cx.ts";
import { filterItems, type MenuItem } from "./filter-items.ts";
import { Kbd } from "./kbd.tsx";

export type FilterListProps = {
  items: readonly MenuItem[];
  /** Name of the list and of its filter for assistive technology. */
  label: string;
  filterPlaceholder: string;
  emptyText: string;
  /** Ids with a check mark. */
  selected?: readonly string[] | undefined;
  /** Several can be chosen; a menu then stays open after a choice. */
  multiple?: boolean | undefined;
  onSelect: (id: string) => void;
  /** Offers to create what was typed when nothing has exactly that label. */
  create?: { label: (query: string) => string; onCreate: (query: string) => void } | undefined;
  /** For lists that search on the server: called with every change, and the items are shown as given, unfiltered. */
  onQueryChange?: ((query: string) => void) | undefined;
  size?: "md" | "lg" | undefined;
};

/** Lines that PageUp and PageDown jump. */
const PAGE = 8;
const CREATE_ID = "\u0000create";

function withCreate(shown: MenuItem[], query: string, create: FilterListProps["create"]): MenuItem[] {
  const typed = query.trim();
  if (!create || !typed || shown.some((item) => item.label.toLocaleLowerCase() === typed.toLocaleLowerCase()))
    return shown;
  return [...shown, { id: CREATE_ID, label: create.label(typed), icon: <Plus /> }];
}

function Lead({ item }: { item: MenuItem }): ReactNode {
  if (item.hue) return <span data-hue={item.hue} className="hue-dot mx-1 size-2 shrink-0 rounded-full" />;
  return item.icon ? <span className="flex text-text-3 [&_svg]:size-4">{item.icon}</span> : null;
}

function nextIndex(items: readonly MenuItem[], from: number, step: 1 | -1): number {
  for (let hop = 1; hop <= items.length; hop += 1) {
    const index = (from + step * hop + items.length * hop) % items.length;
    if (!items[index]?.disabled) return index;
  }
  return from;
}

function targetIndex(key: string, items: readonly MenuItem[], current: number): number | undefined {
  if (key === "ArrowDown") return nextIndex(items, current, 1);
  if (key === "ArrowUp") return nextIndex(items, current, -1);
  if (key === "PageDown") return nextIndex(items, Math.min(current + PAGE, items.length - 1) - 1, 1);
  if (key === "PageUp") return nextIndex(items, Math.max(current - PAGE, 0) + 1, -1);
  return undefined;
}

/** The state of a list: what was typed, what is shown, which line Enter would choose. */
function useFilter({ items, selected, onSelect, create, onQueryChange }: FilterListProps) {
  const [query, setQuery] = useState("");
  const [active, setActive] = useState(() =>
    Math.max(
      0,
      items.findIndex((item) => selected?.includes(item.id)),
    ),
  );
  const found = onQueryChange ? [...items] : filterItems(items, query);
  const shown = withCreate(found, query, create);
  const current = Math.min(active, shown.length - 1);
  const search = (next: string) => {
    setQuery(next);
    setActive(0);
    onQueryChange?.(next);
  };
  const choose = (item: MenuItem | undefined) => {
    if (!item || item.disabled) return;
    if (item.id === CREATE_ID) create?.onCreate(query.trim());
    else onSelect(item.id);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const target = targetIndex(event.key, shown, current);
    if (target === undefined && event.key !== "Enter") return;
    event.preventDefault();
    if (target === undefined) choose(shown[current]);
    else setActive(Math.max(0, target));
  };
  return { query, search, shown, current, setActive, choose, onKeyDown };
}

/** A filter line above a list: type, arrows, Enter. The core of FilterableMenu, Combobox and CommandDialog. */
export function FilterList(props: FilterListProps) {
  const { label, filterPlaceholder, emptyText, selected, multiple = false, size = "md" } = props;
  const { query, search, shown, current, setActive, choose, onKeyDown } = useFilter(props);
  const listRef = useRef<HTMLDivElement>(null);
  const baseId = useId();
  const optionId = (index: number) => `${baseId}-${index}`;

  useEffect(() => {
    listRef.current?.querySelector(`[data-index="${current}"]`)?.scrollIntoView({ block: "nearest" });
  }, [current]);

  return (
    <>
      <div className="border-b px-1">
        <input
          role="combobox"
          aria-label={label}
          aria-expanded="true"
          aria-controls={`${baseId}-list`}
          aria-activedescendant={shown.length > 0 ? optionId(current) : undefined}
          aria-autocomplete="list"
          autoComplete="off"
          spellCheck={false}
          placeholder={filterPlaceholder}
          value={query}
          onChange={(event) => search(event.target.value)}
          onKeyDown={onKeyDown}
          className={cx(
            "w-full bg-transparent px-2 outline-none pointer-coarse:text-16",
            size === "lg" ? "h-12 text-16" : "h-9 text-14 pointer-coarse:h-control",
          )}
        />
      </div>
      <div
        ref={listRef}
        id={`${baseId}-list`}
        role="listbox"
        aria-label={label}
        aria-multiselectable={multiple || undefined}
        className="max-h-80 overflow-y-auto overscroll-contain p-1"
      >
        {shown.map((item, index) => (
          <FilterOption
            key={item.id}
            item={item}
            id={optionId(index)}
            index={index}
            active={index === current}
            checked={selected ? selected.includes(item.id) : undefined}
            heading={query === "" && item.group !== shown[index - 1]?.group ? item.group : undefined}
            onHover={() => setActive(index)}
            onChoose={() => choose(item)}
          />
        ))}
        {shown.length === 0 ? <p className="px-2 py-4 text-center text-13 text-text-3">{emptyText}</p> : null}
      </div>
    </>
  );
}

type FilterOptionProps = {
  item: MenuItem;
  id: string;
  index: number;
  active: boolean;
  checked: boolean | undefined;
  heading: string | undefined;
  onHover: () => void;
  onChoose: () => void;
};

function FilterOption({ item, id, index, active, checked, heading, onHover, onChoose }: FilterOptionProps) {
  return (
    <>
      {heading ? (
        <div role="presentation" className="px-2 pt-2 pb-1 text-12 font-medium text-text-3">
          {heading}
        </div>
      ) : null}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the keys live on the filter input, which owns the focus */}
      <div
        id={id}
        role="option"
        tabIndex={-1}
        data-index={index}
        aria-selected={checked ?? active}
        aria-disabled={item.disabled || undefined}
        onPointerMove={onHover}
        onMouseDown={(event) => event.preventDefault()}
        onClick={onChoose}
        className={cx(
          "flex min-h-8 cursor-default select-none items-center gap-2 rounded-control px-2 py-1 text-14 pointer-coarse:min-h-control",
          active && "bg-hover",
          item.disabled && "opacity-50",
          item.tone === "danger" ? "text-late" : "text-text-1",
        )}
      >
        <Lead item={item} />
        <span className="min-w-0 flex-1 truncate">{item.label}</span>
        {item.hint ? <span className="truncate text-13 text-text-3">{item.hint}</span> : null}
        {item.shortcut ? <Kbd keys={item.shortcut} /> : null}
        {checked ? <Check aria-hidden="true" className="size-4 shrink-0 text-accent" /> : null}
      </div>
    </>
  );
}
