import { isQuiet } from "@okno/contract/quiet";
import { Button, DropdownItem, DropdownMenu, formatRelative } from "@okno/ui";
import { BellOff } from "lucide-react";
import { useLocale } from "../../shared/i18n/i18n.ts";
import { useT } from "./messages.ts";
import { useNotificationSettings } from "./use-settings.ts";

const hourMs = 3_600_000;
const eveningHour = 19;
const morningHour = 9;

function at(hour: number, days: number): string {
  const time = new Date();
  time.setDate(time.getDate() + days);
  time.setHours(hour, 0, 0, 0);
  return time.toISOString();
}

/** Peace for a while. */
export function Snooze() {
  const t = useT();
  const locale = useLocale();
  const { settings, change } = useNotificationSettings();
  if (!settings) return null;
  const now = new Date();
  const until = settings.snoozedUntil && new Date(settings.snoozedUntil) > now ? settings.snoozedUntil : null;
  return (
    <footer className="flex items-center gap-2 border-t p-2">
      <p className="min-w-0 flex-1 px-2 text-13 text-text-3">
        {until
          ? t("snooze.until", { time: formatRelative(new Date(until), now, locale) })
          : isQuiet(settings, now)
            ? t("quiet.now")
            : null}
      </p>
      {until ? (
        <Button size="sm" onClick={() => change({ snoozedUntil: null })}>
          {t("snooze.end")}
        </Button>
      ) : (
        <DropdownMenu
          side="top"
          align="end"
          trigger={
            <Button size="sm" variant="ghost" icon={<BellOff />}>
              {t("snooze")}
            </Button>
          }
        >
          <DropdownItem
            onSelect={() => change({ snoozedUntil: new Date(Date.now() + hourMs).toISOString() })}
          >
            {t("snooze.hour")}
          </DropdownItem>
          {now.getHours() < eveningHour ? (
            <DropdownItem onSelect={() => change({ snoozedUntil: at(eveningHour, 0) })}>
              {t("snooze.evening")}
            </DropdownItem>
          ) : null}
          <DropdownItem onSelect={() => change({ snoozedUntil: at(morningHour, 1) })}>
            {t("snooze.tomorrow")}
          </DropdownItem>
        </DropdownMenu>
      )}
    </footer>
  );
}
