import { cx } from "@okno/ui";
import { Link } from "@tanstack/react-router";
import {
  ArrowLeft,
  Bell,
  Cable,
  FolderKanban,
  IdCard,
  KeyRound,
  ListTree,
  MonitorSmartphone,
  Tags,
  UserRound,
  Users,
  UsersRound,
  Webhook,
} from "lucide-react";
import type { ReactNode } from "react";
import { hasRole, useMe } from "../../shared/session/session.ts";
import { useT } from "./messages.ts";

export const pageIcons = {
  profile: <UserRound />,
  notifications: <Bell />,
  sessions: <MonitorSmartphone />,
  members: <UsersRound />,
  keys: <KeyRound />,
  webhooks: <Webhook />,
  projects: <FolderKanban />,
  teams: <Users />,
  topics: <ListTree />,
  labels: <Tags />,
  "contact-fields": <IdCard />,
  channels: <Cable />,
} as const;
export type Page = keyof typeof pageIcons;

const groups: readonly { title: "group.me" | "group.workspace" | "group.project"; pages: readonly Page[] }[] =
  [
    { title: "group.me", pages: ["profile", "notifications", "sessions"] },
    { title: "group.workspace", pages: ["members", "keys", "webhooks"] },
    {
      title: "group.project",
      pages: ["projects", "teams", "topics", "labels", "contact-fields", "channels"],
    },
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
        {pageIcons[page]}
      </span>
      {children}
    </Link>
  );
}

/** The pages of the settings that this person has use for, by group. */
export function useShownPages(): typeof groups {
  const me = useMe();
  return hasRole(me, "admin") ? groups : groups.slice(0, 1);
}

/** The way between them. */
export function SettingsNav() {
  const t = useT();
  const shown = useShownPages();
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
