import {
  cx,
  DropdownCheckItem,
  DropdownItem,
  DropdownLabel,
  DropdownMenu,
  DropdownSeparator,
} from "@okno/ui";
import { useNavigate } from "@tanstack/react-router";
import { ChevronsUpDown, CircleQuestionMark, CodeXml, Keyboard, LogOut, Settings } from "lucide-react";
import { runCommand } from "../../shared/keys/use-commands.ts";
import { MemberAvatar } from "../../shared/presence/member-avatar.tsx";
import { StatusChoices } from "../../shared/presence/status-menu.tsx";
import { useMe } from "../../shared/session/session.ts";
import { usePreferences } from "../../shared/session/use-preferences.ts";
import { useSignOut } from "../../shared/session/use-sign-out.ts";
import { useT } from "./messages.ts";

const themes = ["system", "light", "dark"] as const;
const languages = [
  ["ru", "Русский"],
  ["en", "English"],
] as const;
const densities = ["comfortable", "compact"] as const;

function Choices() {
  const t = useT();
  const { preferences, change } = usePreferences();
  return (
    <>
      <DropdownLabel>{t("theme")}</DropdownLabel>
      {themes.map((theme) => (
        <DropdownCheckItem
          key={theme}
          checked={preferences.theme === theme}
          onCheckedChange={() => change({ theme })}
        >
          {t(`theme.${theme}`)}
        </DropdownCheckItem>
      ))}
      <DropdownLabel>{t("language")}</DropdownLabel>
      {languages.map(([locale, name]) => (
        <DropdownCheckItem
          key={locale}
          checked={preferences.locale === locale}
          onCheckedChange={() => change({ locale })}
        >
          <span lang={locale}>{name}</span>
        </DropdownCheckItem>
      ))}
      <DropdownLabel>{t("density")}</DropdownLabel>
      {densities.map((density) => (
        <DropdownCheckItem
          key={density}
          checked={preferences.density === density}
          onCheckedChange={() => change({ density })}
        >
          {t(`density.${density}`)}
        </DropdownCheckItem>
      ))}
    </>
  );
}

/** The foot of the rail: who I am, how I like it, and the way out. */
export function AccountMenu({ spread, onShortcuts }: { spread: boolean; onShortcuts: () => void }) {
  const t = useT();
  const me = useMe();
  const navigate = useNavigate();
  const signOut = useSignOut();
  const narrow = !spread && "md:max-lg:hidden";
  return (
    <DropdownMenu
      align="start"
      side="top"
      trigger={
        <button
          type="button"
          className={cx(
            "flex h-11 shrink-0 items-center gap-2.5 rounded-control px-2 text-left transition-colors hover:bg-hover data-[state=open]:bg-pressed",
            !spread && "md:max-lg:justify-center md:max-lg:px-0",
          )}
        >
          <MemberAvatar member={me.member} />
          <span className={cx("min-w-0 flex-1", !spread && "md:max-lg:sr-only")}>
            <bdi className="block truncate text-13 font-medium">{me.member.name}</bdi>
            <span className="block truncate text-12 text-text-3">
              {me.demo ? t("demo") : me.member.email}
            </span>
          </span>
          <ChevronsUpDown aria-hidden="true" className={cx("size-4 shrink-0 text-text-3", narrow)} />
        </button>
      }
    >
      <StatusChoices />
      <DropdownSeparator />
      <Choices />
      <DropdownSeparator />
      <DropdownItem icon={<Keyboard />} shortcut="?" onSelect={onShortcuts}>
        {t("shortcuts")}
      </DropdownItem>
      <DropdownItem icon={<CircleQuestionMark />} shortcut="g h" onSelect={() => void runCommand("help")}>
        {t("help")}
      </DropdownItem>
      <DropdownItem icon={<CodeXml />} onSelect={() => void runCommand("docs")}>
        {t("docs")}
      </DropdownItem>
      <DropdownItem icon={<Settings />} shortcut="g s" onSelect={() => void navigate({ href: "/settings" })}>
        {t("settings")}
      </DropdownItem>
      <DropdownItem icon={<LogOut />} onSelect={() => void signOut()}>
        {t("sign.out")}
      </DropdownItem>
    </DropdownMenu>
  );
}
