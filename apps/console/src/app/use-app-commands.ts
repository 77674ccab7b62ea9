import { runToastAction } from "@okno/ui";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useT as useInboxT } from "../features/inbox/messages.ts";
import { viewIcons, viewKeys } from "../features/inbox/views.tsx";
import { type Locale, useLocale } from "../shared/i18n/i18n.ts";
import { type Command, useCommands } from "../shared/keys/use-commands.ts";
import { useKindSections } from "../shared/kinds/sections.ts";
import { usePreferences } from "../shared/session/use-preferences.ts";
import { useSignOut } from "../shared/session/use-sign-out.ts";
import { views } from "../shared/tickets/filters.ts";
import { useT } from "./messages.ts";

const themes = ["system", "light", "dark"] as const;
const densities = ["comfortable", "compact"] as const;
const languages = { ru: "Русский", en: "English" } as const;

function useGoCommands(): Command[] {
  const t = useInboxT();
  const navigate = useNavigate();
  const { project } = useSearch({ strict: false }) as { project?: string };
  const following: Command = {
    id: "go.following",
    title: t("go.following"),
    group: "go",
    keys: "g f",
    run: () =>
      void navigate({
        to: "/inbox/$view",
        params: { view: "all" },
        search: { following: "me", ...(project && { project }) },
      }),
  };
  const sections = useKindSections().map(
    ({ id, path, title, keys, keywords }): Command => ({
      id: `go.kind.${id}`,
      title,
      group: "go",
      keys,
      keywords,
      run: () => void navigate({ to: "/$section", params: { section: path } }),
    }),
  );
  const built = views.map((view) => ({
    id: `go.${view}`,
    title: t(`view.${view}`),
    group: "go",
    icon: viewIcons[view],
    keys: viewKeys[view],
    run: () => void navigate({ to: "/inbox/$view", params: { view }, search: project ? { project } : {} }),
  })) satisfies Command[];
  return [...built, following, ...sections];
}

/** How the reader likes it, without a walk to the menu. */
function usePreferenceCommands(): Command[] {
  const t = useInboxT();
  const ownT = useT();
  const { preferences, change } = usePreferences();
  return [
    ...themes.map((theme) => ({
      id: `account.theme.${theme}`,
      title: `${ownT("look")}: ${t(`theme.${theme}`)}`,
      group: "account" as const,
      enabled: preferences.theme !== theme,
      run: () => change({ theme }),
    })),
    ...(["ru", "en"] as const).map((locale) => ({
      id: `account.language.${locale}`,
      title: `${t("language")}: ${languages[locale]}`,
      group: "account" as const,
      keywords: "language язык",
      enabled: preferences.locale !== locale,
      run: () => change({ locale }),
    })),
    ...densities.map((density) => ({
      id: `account.density.${density}`,
      title: `${t("density")}: ${t(`density.${density}`)}`,
      group: "account" as const,
      enabled: preferences.density !== density,
      run: () => change({ density }),
    })),
  ];
}

/** Guides open beside the work, not instead of it. */
function openGuide(section: "help" | "docs", locale: Locale): void {
  window.open(`/${section}/${locale}`, "_blank", "noopener");
}

/** What can be done on every screen behind the sign-in. */
export function useAppCommands({ onKeys, onPalette }: { onKeys: () => void; onPalette: () => void }): void {
  const t = useT();
  const inboxT = useInboxT();
  const navigate = useNavigate();
  const go = useGoCommands();
  const preferences = usePreferenceCommands();
  const signOut = useSignOut();
  const locale = useLocale();
  useCommands([
    { id: "palette", title: t("palette"), group: "general", keys: "mod+k", run: onPalette },
    { id: "keys", title: t("keys.title"), group: "general", keys: "?", run: onKeys },
    { id: "undo", title: t("undo"), group: "general", keys: "z", run: () => runToastAction() },
    {
      id: "search",
      title: t("search"),
      group: "go",
      keys: "/",
      run: () => void navigate({ to: "/search" }),
    },
    ...go,
    {
      id: "go.settings",
      title: inboxT("settings"),
      group: "go",
      keys: "g s",
      run: () => void navigate({ href: "/settings" }),
    },
    {
      id: "help",
      title: t("help"),
      group: "general",
      keys: "g h",
      keywords: t("help.keywords"),
      run: () => openGuide("help", locale),
    },
    {
      id: "docs",
      title: t("docs"),
      group: "general",
      keywords: t("docs.keywords"),
      run: () => openGuide("docs", locale),
    },
    ...preferences,
    { id: "account.sign-out", title: inboxT("sign.out"), group: "account", run: () => void signOut() },
  ]);
}
