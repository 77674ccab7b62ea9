import {
  Avatar,
  Badge,
  Button,
  cx,
  DateTimePopover,
  DeadlineRing,
  FileChip,
  FilterableMenu,
  formatBytes,
  IconButton,
  Kbd,
  RelativeTime,
  ResizeHandle,
  SegmentedControl,
  Tag,
  TextArea,
  type Tone,
  UnreadDot,
  usePanelSize,
} from "@okno/ui";
import {
  AtSign,
  Check,
  Clock,
  Ellipsis,
  Inbox,
  MessageCircle,
  Paperclip,
  Search,
  UserPlus,
  Users,
} from "lucide-react";
import { useState } from "react";
import type { Lang, Texts } from "./texts.ts";

export const NOW = new Date("2026-11-22T14:00:00Z");
const ago = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);

function Rail({ t }: { t: Texts }) {
  const views = [t.mine, t.unassigned, t.waiting, t.done, t.all];
  return (
    <nav className="flex w-50 shrink-0 flex-col gap-4 bg-surface-2 p-2 max-lg:hidden">
      <button
        type="button"
        className="flex h-control items-center gap-2 rounded-control border bg-surface-1 px-2 text-13 text-text-3 hover:bg-hover"
      >
        <Search className="size-4" />
        <span className="flex-1 truncate text-left">{t.search}</span>
        <Kbd keys="mod+k" />
      </button>
      <ul className="flex flex-col gap-0.5">
        {views.map((view, index) => (
          <li key={view}>
            <a
              href="#top"
              aria-current={index === 0 ? "page" : undefined}
              className="flex h-8 items-center gap-2 rounded-control px-2 text-14 text-text-2 hover:bg-hover aria-[current]:bg-selected aria-[current]:font-medium aria-[current]:text-text-1"
            >
              <Inbox className="size-4 text-text-3" />
              <span className="flex-1 truncate">{view}</span>
              <span className="text-12 text-text-3 tabular-nums">{[7, 12, 31, "", ""][index]}</span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

const RINGS: readonly [number, Tone][] = [
  [1, "late"],
  [0.86, "soon"],
  [0.4, "neutral"],
  [0.15, "neutral"],
  [0, "neutral"],
];

function Row({ t, lang, index }: { t: Texts; lang: Lang; index: number }) {
  const people = [t.customer, "Илья Ё.", "+7 999 123-45-67", "María José Ñ. 🌿", "王小明"];
  const [progress, tone] = RINGS[index] ?? [0, "neutral" as const];
  return (
    <li>
      <a
        href="#top"
        aria-current={index === 0}
        className={cx("block border-b px-4 py-row-y hover:bg-hover aria-[current=true]:bg-selected")}
      >
        <div className="flex items-center gap-2">
          <span className="flex w-2 shrink-0">{index < 2 ? <UnreadDot label="unread" /> : null}</span>
          <span
            className={cx("min-w-0 flex-1 truncate text-14", index < 2 ? "font-semibold" : "text-text-2")}
          >
            {people[index]}
          </span>
          <RelativeTime
            date={ago([2, 34, 190, 60 * 26, 60 * 24 * 12][index] ?? 0)}
            now={NOW}
            locale={lang}
            className="shrink-0 text-12 text-text-3"
          />
          <DeadlineRing
            progress={progress}
            tone={tone}
            label={[t.late, t.soon, t.good, t.good, t.good][index] ?? ""}
          />
        </div>
        <p className="mt-0.5 truncate pl-4 text-14">{t.subject}</p>
        <p className="mt-0.5 flex items-center gap-1.5 pl-4 text-13 text-text-3">
          {index % 2 ? <AtSign className="size-3 shrink-0" /> : <MessageCircle className="size-3 shrink-0" />}
          <span className="truncate">{t.last}</span>
        </p>
      </a>
    </li>
  );
}

function Message({
  name,
  mine,
  text,
  minutes,
  lang,
}: {
  name: string;
  mine?: boolean;
  text: string;
  minutes: number;
  lang: Lang;
}) {
  return (
    <article className="flex gap-3">
      <Avatar name={name} decorative />
      <div className="min-w-0">
        <header className="flex items-baseline gap-2">
          <span className="text-14 font-semibold">{name}</span>
          <RelativeTime date={ago(minutes)} now={NOW} locale={lang} className="text-12 text-text-3" />
        </header>
        <p className={cx("mt-1 text-message", mine && "border-l-2 border-accent pl-3")}>{text}</p>
      </div>
    </article>
  );
}

function Actions({ t }: { t: Texts }) {
  return (
    <div className="flex flex-wrap items-center gap-2">
      <DateTimePopover
        label={t.postpone}
        trigger={
          <Button icon={<Clock />} shortcut="h">
            {t.postpone}
          </Button>
        }
        presets={[
          { id: "e", label: t.evening, hint: "18:00", date: ago(-240) },
          { id: "t", label: t.tomorrow, hint: "9:00", date: ago(-1140) },
        ]}
        customLabel={t.custom}
        submitLabel={t.postponeDo}
        tooEarlyText={t.early}
        min={new Date()}
        onPick={() => undefined}
      />
      <FilterableMenu
        label={t.transfer}
        trigger={<IconButton label={t.transfer} shortcut="a" icon={<UserPlus />} />}
        filterPlaceholder={t.filter}
        emptyText={t.empty}
        selected={["1"]}
        items={[
          { id: "1", label: "Анна Воронова", hint: "3", icon: <Users />, group: t.members },
          { id: "2", label: "Щербаков Артём", hint: "9", icon: <Users />, group: t.members },
          { id: "3", label: t.delivery, hue: 4, group: t.projects, shortcut: "d" },
        ]}
        onSelect={() => undefined}
      />
      <IconButton label={t.more} icon={<Ellipsis />} />
      <Button variant="primary" icon={<Check />} shortcut="e">
        {t.complete}
      </Button>
    </div>
  );
}

export function ConsoleScene({ t, lang }: { t: Texts; lang: Lang }) {
  const panel = usePanelSize({ storageKey: "gallery.list", initial: 344, min: 260, max: 520 });
  const [mode, setMode] = useState<"reply" | "note">("reply");
  return (
    <div className="flex h-180 overflow-hidden rounded-panel border">
      <Rail t={t} />
      <div className="w-px bg-line max-lg:hidden" />
      <ul className="shrink-0 overflow-y-auto max-md:hidden" style={{ width: panel.size }}>
        {[0, 1, 2, 3, 4].map((index) => (
          <Row key={index} t={t} lang={lang} index={index} />
        ))}
      </ul>
      <ResizeHandle label="list" {...panel.handle} className="max-md:hidden" />
      <main className="flex min-w-0 flex-1 flex-col">
        <header className="flex flex-wrap items-start justify-between gap-3 border-b px-5 py-3">
          <div className="min-w-0">
            <h2 className="text-16 font-semibold text-pretty">{t.subject}</h2>
            <div className="mt-1.5 flex flex-wrap items-center gap-2">
              <Badge tone="late">{t.late}</Badge>
              <Badge tone="soon">{t.soon}</Badge>
              <Badge tone="good">{t.good}</Badge>
              <Badge tone="info">{t.open}</Badge>
              <Tag>{t.delivery}</Tag>
              <Tag onRemove={() => undefined} removeLabel={t.remove}>
                {t.vip}
              </Tag>
            </div>
          </div>
          <Actions t={t} />
        </header>
        <div className="flex min-h-0 flex-1 flex-col gap-6 overflow-y-auto px-5 py-5">
          <Message name={t.customer} text={t.msg1} minutes={34} lang={lang} />
          <Message name="Артём Щербаков" mine text={t.msg2} minutes={2} lang={lang} />
          <div className="flex flex-wrap gap-2 pl-11">
            <FileChip
              name="kvitanciya-o-zakaze-48213-noyabr-2026.pdf"
              detail={formatBytes(184_320, lang)}
              onRemove={() => undefined}
              removeLabel={t.remove}
            />
            <FileChip
              name="IMG_2041.heic"
              detail="64 %"
              state="uploading"
              progress={0.64}
              onRemove={() => undefined}
              removeLabel={t.remove}
            />
            <FileChip
              name="video.mov"
              detail={t.errorTitle}
              state="failed"
              onRetry={() => undefined}
              retryLabel={t.retry}
            />
          </div>
        </div>
        <div className="m-4 mt-0 rounded-panel border border-line-strong ring-within">
          <TextArea look="plain" minRows={2} placeholder={t.write} aria-label={t.write} />
          <div className="flex items-center gap-2 p-2">
            <SegmentedControl
              size="sm"
              label={t.reply}
              value={mode}
              onValueChange={setMode}
              options={[
                { value: "reply", label: t.reply },
                { value: "note", label: t.note },
              ]}
            />
            <IconButton size="sm" label="file" icon={<Paperclip />} />
            <span className="flex-1" />
            <Button variant="primary" size="sm" shortcut="mod+enter">
              {t.send}
            </Button>
          </div>
        </div>
      </main>
    </div>
  );
}
