import { cx, IconButton, TextField } from "@okno/ui";
import { Search, X } from "lucide-react";
import {
  type KeyboardEvent,
  type Ref,
  useId,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { useLocale } from "../../shared/i18n/i18n.ts";
import { accept, type Offer, offersAt } from "./complete.ts";
import { useT } from "./messages.ts";
import { operatorIcons } from "./operator-icons.tsx";
import { useValues } from "./use-values.ts";

export type SearchFieldHandle = {
  /** Ready to be typed over. */
  focus: () => void;
  /** Ready to be typed on. */
  goOn: () => void;
};

type Props = {
  value: string;
  onChange: (query: string) => void;
  /** Enter: search now, and on to what was found. */
  onSubmit: () => void;
  /** Down, out of the field and into the list. */
  onDown: () => void;
  handle: Ref<SearchFieldHandle>;
};

type OffersProps = {
  id: string;
  offers: readonly Offer[];
  active: number;
  onHover: (index: number) => void;
  onTake: (offer: Offer) => void;
};

function Offers({ id, offers, active, onHover, onTake }: OffersProps) {
  const t = useT();
  return (
    <div
      id={id}
      role="listbox"
      aria-label={t("offers")}
      className="absolute inset-x-0 top-full z-20 mt-1 max-h-80 overflow-y-auto rounded-panel border bg-overlay p-1 shadow-overlay"
    >
      {offers.map((offer, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys live on the field, which owns the focus
        <div
          key={offer.id}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          onPointerMove={() => onHover(index)}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onTake(offer)}
          className={cx(
            "flex min-h-8 cursor-default items-center gap-2.5 rounded-control px-2 py-1 text-14 pointer-coarse:min-h-control [&_svg]:size-4 [&_svg]:shrink-0",
            index === active && "bg-hover",
          )}
        >
          <span className="flex text-text-3">{operatorIcons[offer.operator]}</span>
          <bdi dir="auto" className="min-w-0 truncate">
            {offer.label}
          </bdi>
          <span className="min-w-0 flex-1 truncate text-right text-13 text-text-3">
            {offer.hint ?? (offer.id.startsWith("operator ") ? t(`operator.${offer.operator}`) : "")}
          </span>
        </div>
      ))}
    </div>
  );
}

/** Where completion stands: what is offered at the caret, and which of it Enter or Tab would take. */
function useOffers(value: string, caret: number) {
  const locale = useLocale();
  const values = useValues(value, caret);
  const [moved, setMoved] = useState<{ at: string; index: number }>();
  const [closed, setClosed] = useState<string>();
  const found = offersAt(value, caret, { values, locale, now: new Date() });
  const here = `${value}|${caret}`;
  const offers = closed === here ? [] : (found?.offers ?? []);
  // A value is likely meant, so Enter takes it; the beginning of a word is more likely just a word.
  const usual = found?.at.of === "value" && found.at.text !== "" ? 0 : -1;
  const active = Math.min(moved?.at === here ? moved.index : usual, offers.length - 1);
  return {
    offers,
    active,
    at: found?.at,
    move: (index: number) => setMoved({ at: here, index }),
    close: () => setClosed(here),
  };
}

/** The field of the search: completes operators and their values as one types. */
export function SearchField({ value, onChange, onSubmit, onDown, handle }: Props) {
  const t = useT();
  const id = useId();
  const input = useRef<HTMLSpanElement>(null);
  const element = () => input.current?.querySelector("input");
  const [spot, setSpot] = useState({ value, caret: value.length });
  // Whoever else has written into the field leaves the caret at its end.
  const caret = spot.value === value ? spot.caret : value.length;
  const [focused, setFocused] = useState(false);
  const written = useRef<number>(undefined);
  const { offers, active, at, move, close } = useOffers(value, caret);
  const open = focused && offers.length > 0;
  useImperativeHandle(handle, () => ({
    focus: () => {
      element()?.focus();
      element()?.select();
    },
    goOn: () => element()?.focus(),
  }));
  useLayoutEffect(() => {
    if (written.current === undefined) return;
    element()?.setSelectionRange(written.current, written.current);
    written.current = undefined;
  });
  const take = (offer: Offer | undefined) => {
    if (!offer || !at) return;
    const next = accept(value, at, offer);
    written.current = next.caret;
    setSpot({ value: next.query, caret: next.caret });
    onChange(next.query);
  };
  const onOfferKey = (key: string): boolean => {
    if (key === "ArrowDown") move((active + 1) % offers.length);
    else if (key === "ArrowUp") move(active <= 0 ? offers.length - 1 : active - 1);
    else if (key === "Escape") close();
    else if (key === "Tab" || (key === "Enter" && active >= 0)) take(offers[Math.max(active, 0)]);
    else return false;
    return true;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const taken = open && !event.shiftKey && onOfferKey(event.key);
    if (taken) event.preventDefault();
    else if (event.key === "Enter") onSubmit();
    else if (event.key === "ArrowDown") onDown();
  };
  return (
    <search className="relative flex-1">
      <span ref={input}>
        <TextField
          role="combobox"
          aria-label={t("label")}
          aria-expanded={open}
          aria-controls={open ? `${id}-offers` : undefined}
          aria-activedescendant={open && active >= 0 ? `${id}-offers-${active}` : undefined}
          aria-autocomplete="list"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          enterKeyHint="search"
          data-testid="search-field"
          dir="auto"
          maxLength={500}
          prefix={<Search aria-hidden="true" />}
          suffix={
            value ? (
              <IconButton
                size="sm"
                label={t("clear")}
                icon={<X />}
                onClick={() => {
                  onChange("");
                  element()?.focus();
                }}
              />
            ) : null
          }
          className={value ? "pr-0.5!" : ""}
          placeholder={t("placeholder")}
          value={value}
          onChange={(event) => {
            const { value: typed, selectionStart } = event.target;
            setSpot({ value: typed, caret: selectionStart ?? typed.length });
            onChange(typed);
          }}
          onSelect={(event) => setSpot({ value, caret: event.currentTarget.selectionStart ?? value.length })}
          onFocus={() => setFocused(true)}
          onBlur={() => setFocused(false)}
          onKeyDown={onKeyDown}
        />
      </span>
      {open ? (
        <Offers id={`${id}-offers`} offers={offers} active={active} onHover={move} onTake={take} />
      ) : null}
    </search>
  );
}
