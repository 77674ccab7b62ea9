import { useT } from "../features/notifications/messages.ts";
import { NotificationParts } from "../features/notifications/settings-page.tsx";
import { useNotificationSettings } from "../features/notifications/use-settings.ts";
import { Loaded, SettingsPage } from "../features/settings/page.tsx";

/** How one is told: a page of the settings, made of the notifications' parts. */
export function NotificationSettings() {
  const t = useT();
  const { query, change } = useNotificationSettings();
  return (
    <SettingsPage title={t("page.title")} text={t("page.text")}>
      <Loaded query={query}>{(settings) => <NotificationParts settings={settings} change={change} />}</Loaded>
    </SettingsPage>
  );
}
