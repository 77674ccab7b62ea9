import { SegmentedControl, WindowArt } from "@okno/ui";
import type { ReactNode } from "react";
import { useLocale } from "../i18n/i18n.ts";
import { usePageTitle } from "../layout/page-title.ts";
import { applyPreferences } from "../preferences/preferences.ts";
import { useT } from "./messages.ts";

const languages = [
  { value: "ru", label: <span lang="ru">RU</span> },
  { value: "en", label: <span lang="en">EN</span> },
] as const;

function LanguageChoice() {
  const t = useT();
  const locale = useLocale();
  return (
    <SegmentedControl
      size="sm"
      label={t("language")}
      options={languages}
      value={locale}
      onValueChange={(next) => applyPreferences({ locale: next })}
    />
  );
}

/** The frame of the pages before the sign-in: one thing to do, and a window with daylight where there is room for it. */
export function Entrance({ title, children }: { title: string; children: ReactNode }) {
  const t = useT();
  usePageTitle(title);
  return (
    <div className="grid h-full overflow-y-auto bg-surface-1 lg:grid-cols-2">
      <div className="flex min-h-full flex-col gap-6 p-5 md:p-8">
        <header className="flex items-center justify-between gap-4">
          <span className="flex items-center gap-2 text-16 font-semibold">
            <img src="/icon.svg" alt="" className="size-6" />
            Okno
          </span>
          <LanguageChoice />
        </header>
        <main className="grid flex-1 items-center justify-items-center pb-12">
          <div className="w-full max-w-96">{children}</div>
        </main>
      </div>
      <aside className="grid place-items-center border-l bg-surface-2 p-8 max-lg:hidden">
        <div className="flex w-full max-w-96 flex-col items-center gap-6 text-center">
          <WindowArt />
          <div>
            <p className="text-20 font-semibold text-balance">{t("tagline")}</p>
            <p className="mt-2 text-14 text-balance text-text-2">{t("tagline.text")}</p>
          </div>
        </div>
      </aside>
    </div>
  );
}
