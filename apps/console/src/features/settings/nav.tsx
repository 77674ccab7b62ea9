import { cx } from "@okno/ui";
import { Link } from "@tanstack/react-router";
import {
  ArrowLeft,
  Cable,
  FolderKanban,
  KeyRound,
  ListTree,
  MonitorSmartphone,
  Tags,
  UserRound,
  UsersRound,
} from "lucide-react";
import type { ReactNode } from "react";
import { hasRole, useMe } from "../../shared/session/session.ts";
import { useT } from "./messages.ts";

const icons = {
  profile: <UserRound />,
  sessions: <MonitorSmartphone />,
  members: <UsersRound />,
  keys: <KeyRound />,
  projects: <FolderKanban />,
  topics: <ListTree />,
  labels: <Tags />,
  channels: <Cable />,
} as const;
type Page = keyof typeof icons;

const groups: readonly { title: "group.me" | "group.workspace" | "group.project"; pages: readonly Page[] }[] =
  [
    { title: "group.me", pages: ["profile", "sessions"] },
    { title: "group.workspace", pages: ["members", "keys"] },
    { title: "group.project", pages: ["projects", "topics", "labels", "channels"] },
  ];

const line =
  "flex h-9 items-center gap-2.5 rounded-control px-2.5 text-14 transition-colors [&_svg]:size-4 [&_svg]:shrink-0";

function PageLink({ page, children }: { page: Page; children: ReactNode }) {
  return (
    <Link
      to={`/settings/${page}`}
      className={cx(line, "text-text-2 hover:bg-hover hover:text-text-1 pointer-coarse:h-11")}
      activeProps={{ className: "bg-selected! text-text-1! font-medium" }}
    >
      <span aria-hidden="true" className="text-text-3">
        {icons[page]}
      </span>
      {children}
    </Link>
  );
}

/** The pages of the settings that this person has use for. */
export function SettingsNav() {
  const t = useT();
  const me = useMe();
  const shown = hasRole(me, "admin") ? groups : groups.slice(0, 1);
  return (
    <nav aria-label={t("settings")} className="flex flex-col gap-5 p-3">
      <Link to="/" className={cx(line, "text-text-3 hover:bg-hover hover:text-text-1 pointer-coarse:h-11")}>
        <ArrowLeft aria-hidden="true" />
        {t("back")}
      </Link>
      {shown.map(({ title, pages }) => (
        <section key={title} className="flex flex-col gap-0.5">
          <h2 className="px-2.5 pb-1 text-12 font-medium text-text-3">{t(title)}</h2>
          {pages.map((page) => (
            <PageLink key={page} page={page}>
              {t(`nav.${page}`)}
            </PageLink>
          ))}
        </section>
      ))}
    </nav>
  );
}
