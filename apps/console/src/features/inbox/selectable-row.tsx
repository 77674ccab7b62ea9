import { Checkbox, cx, SwipeRow, type SwipeRowProps } from "@okno/ui";
import type { ComponentProps, MouseEvent, ReactNode } from "react";
import type { TicketFacts } from "../../shared/tickets/filters.ts";
import { useT } from "./bulk-messages.ts";
import { useLongPress, type useSelection } from "./use-selection.ts";

type Props = {
  ticket: TicketFacts;
  choice: ReturnType<typeof useSelection>;
  /** What the thumb does with it. */
  swipe: Pick<SwipeRowProps, "right" | "left">;
  children: ReactNode;
} & Pick<ComponentProps<"li">, "aria-setsize" | "aria-posinset" | "style">;

const byTouch = ({ nativeEvent }: MouseEvent) =>
  nativeEvent instanceof PointerEvent && nativeEvent.pointerType === "touch";

/** A row that can be chosen: by its box, by Shift and a click, by a long press. Where the box stands the row has room: nothing moves. */
export function SelectableRow({ ticket, choice, swipe, children, ...item }: Props) {
  const t = useT();
  const chosen = choice.isSelected(ticket.id);
  const { swallows, ...touch } = useLongPress(() => choice.toggle(ticket.id));
  const click = (event: MouseEvent) => {
    const pressed = swallows();
    const onBox = (event.target as HTMLElement).closest("[role=checkbox], label") !== null;
    const ranged = event.shiftKey && !onBox;
    const tapped = choice.active && byTouch(event) && !onBox;
    if (!pressed && !ranged && !tapped) return;
    event.preventDefault();
    event.stopPropagation();
    if (ranged) choice.extendTo(ticket.id);
    else if (!pressed) choice.toggle(ticket.id);
  };
  return (
    <li
      {...item}
      {...touch}
      onClickCapture={click}
      data-selected={chosen || undefined}
      className={cx(
        "group/row absolute inset-x-0 top-0",
        chosen && "bg-accent-soft",
        choice.active && "select-none",
      )}
    >
      <SwipeRow {...swipe} disabled={choice.active}>
        {children}
      </SwipeRow>
      <Checkbox
        hideLabel
        label={t("select.row", { number: ticket.number })}
        checked={chosen}
        onCheckedChange={() => choice.toggle(ticket.id)}
        className={cx(
          "absolute top-1/2 left-1.5 -translate-y-1/2 focus-within:opacity-100 group-hover/row:opacity-100",
          choice.active ? "opacity-100" : "opacity-0 pointer-coarse:hidden",
        )}
      />
    </li>
  );
}
