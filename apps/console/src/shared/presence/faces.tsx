import { Avatar, cx } from "@okno/ui";
import { Pencil } from "lucide-react";
import { useAnnounced } from "../announce/announce.ts";
import type { Seen } from "./known.ts";
import { useT } from "./messages.ts";
import { useSeenAt } from "./store.ts";

type T = ReturnType<typeof useT>;

/** «Анна смотрит», «Анна и Борис пишут ответ…», «Анна и ещё 3 смотрят». */
function sentence(t: T, people: readonly Seen[], doing: "viewing" | "typing"): string | undefined {
  const [first, second] = people;
  if (!first) return undefined;
  const { name } = first.who;
  if (!second) return t(doing, { name });
  return people.length === 2
    ? t(`${doing}.two`, { name, other: second.who.name })
    : t(`${doing}.many`, { name, count: people.length - 1 });
}

/** What colleagues do at a ticket, in words: who writes comes first. */
function wordsOf(t: T, colleagues: readonly Seen[]): string[] {
  const typing = colleagues.filter(({ doing }) => doing === "typing");
  const viewing = colleagues.filter(({ doing }) => doing === "viewing");
  return [sentence(t, typing, "typing"), sentence(t, viewing, "viewing")].filter(
    (each) => each !== undefined,
  );
}

const isColleague = ({ who }: Seen) => who.kind === "member";

function Face({ seen, ring }: { seen: Seen; ring: string }) {
  return (
    <span
      className={cx("relative inline-flex", seen.doing === "typing" && "z-10")}
      data-testid="face"
      data-doing={seen.doing}
    >
      <Avatar size="sm" name={seen.who.name} seed={seen.who.id} decorative className={cx("ring-2", ring)} />
      {seen.doing === "typing" ? (
        <span className="absolute -right-1 -bottom-1 grid size-3 place-items-center rounded-full bg-accent text-on-accent [&_svg]:size-2">
          <Pencil aria-hidden="true" />
        </span>
      ) : null}
    </span>
  );
}

function Faces({ colleagues, most, ring }: { colleagues: readonly Seen[]; most: number; ring: string }) {
  // Who writes must be among those shown.
  const sorted = colleagues.toSorted((a, b) => Number(b.doing === "typing") - Number(a.doing === "typing"));
  const shown = sorted.slice(0, most);
  const more = sorted.length - shown.length;
  return (
    <span aria-hidden="true" className="flex items-center -space-x-1">
      {shown.map((seen) => (
        <Face key={seen.who.id} seen={seen} ring={ring} />
      ))}
      {more > 0 ? <span className="pl-2 text-12 text-text-3 tabular-nums">+{more}</span> : null}
    </span>
  );
}

/** In a row of the list: whose faces are at this ticket now. */
export function RowFaces({ ticket }: { ticket: string }) {
  const t = useT();
  const colleagues = useSeenAt(ticket).filter(isColleague);
  if (colleagues.length === 0) return null;
  const words = wordsOf(t, colleagues).join(", ");
  return (
    <span data-testid="row-presence" title={words} className="-my-0.5 flex shrink-0 items-center">
      <Faces colleagues={colleagues} most={2} ring="ring-surface-1" />
      <span className="sr-only">{words}</span>
    </span>
  );
}

/**
 * On the lower edge of the ticket's head: faces and words, said politely when they change. It floats, so that nothing moves when
 * somebody comes or goes. The parent must be `relative`.
 */
export function HeaderFaces({ ticket }: { ticket: string }) {
  const t = useT();
  const colleagues = useSeenAt(ticket).filter(isColleague);
  const words = wordsOf(t, colleagues).join(" · ");
  useAnnounced(words);
  return (
    <span
      data-testid="ticket-presence"
      className={cx(
        "pointer-events-none absolute right-3 bottom-0 z-10 flex max-w-[calc(100%-1.5rem)] translate-y-1/2 items-center gap-2 rounded-full text-12",
        colleagues.length > 0 && "border bg-surface-overlay py-0.5 pr-2.5 pl-1",
      )}
    >
      {colleagues.length > 0 ? <Faces colleagues={colleagues} most={4} ring="ring-surface-overlay" /> : null}
      <bdi className="truncate text-text-2">{words}</bdi>
    </span>
  );
}
