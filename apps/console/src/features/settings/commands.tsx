import { useNavigate } from "@tanstack/react-router";
import { useCommands } from "../../shared/keys/use-commands.ts";
import { useT } from "./messages.ts";
import { type Page, pageIcons, useShownPages } from "./nav.tsx";

/** What people call the pages when they do not remember the name; both languages, whichever is read. */
const words: Partial<Record<Page, string>> = {
  profile: "пароль имя почта язык password name e-mail language",
  sessions: "устройства выйти везде devices sign out",
  members: "сотрудники операторы пригласить роли people invite roles",
  keys: "токен интеграция token integration api",
  topics: "категории темы categories",
  labels: "теги tags",
  channels: "чат форма виджет сайт chat form widget site",
};

/** Every page of the settings as a command, so that the palette finds it from anywhere. Draws nothing. */
export function SettingsCommands() {
  const t = useT();
  const navigate = useNavigate();
  const pages = useShownPages().flatMap((group) => group.pages);
  useCommands(
    pages.map((page) => ({
      id: `settings.${page}`,
      title: t(`nav.${page}`),
      group: "settings",
      keywords: words[page],
      icon: pageIcons[page],
      run: () => void navigate({ to: `/settings/${page}` }),
    })),
  );
  return null;
}
