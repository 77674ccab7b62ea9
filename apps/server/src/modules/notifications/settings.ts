import {
  type NotificationKind,
  type NotificationSettings,
  type NotificationWay,
  notificationKinds,
} from "@okno/contract";
import { statement } from "../../platform/database.ts";

type Ways = Record<NotificationWay, boolean>;

const everywhere: Ways = { page: true, browser: true, push: true };
const onThePage: Ways = { page: true, browser: false, push: false };
const nowhere: Ways = { page: false, browser: false, push: false };

/** What a person who has chosen nothing gets: what is addressed to them loudly, the rest quietly, strangers' tickets not at all. */
const defaultWays: Record<NotificationKind, Ways> = {
  mention: everywhere,
  assigned: everywhere,
  team: onThePage,
  reply: everywhere,
  note: onThePage,
  returned: everywhere,
  rated: onThePage,
  unassigned: nowhere,
  webhook: everywhere,
};

export type SettingsRow = {
  ways: Partial<Record<NotificationKind, Ways>>;
  sound: boolean;
  quiet: NotificationSettings["quiet"];
  /** Text where the row came as JSON. */
  snoozed_until: Date | string | null;
};

export const findSettings = statement(
  "notifications.find_settings",
  "select ways, sound, quiet, snoozed_until from notification_settings where workspace_id = $1 and member_id = $2",
);

export const saveSettings = statement(
  "notifications.save_settings",
  `insert into notification_settings (workspace_id, member_id, ways, sound, quiet, snoozed_until) values ($1, $2, $3, $4, $5, $6)
   on conflict (workspace_id, member_id) do update
   set ways = excluded.ways, sound = excluded.sound, quiet = excluded.quiet, snoozed_until = excluded.snoozed_until`,
);

/** A person's settings in full: what they chose over what everyone gets. */
export function settingsOf(row: SettingsRow | undefined): NotificationSettings {
  return {
    ways: Object.fromEntries(
      notificationKinds.map((kind) => [kind, row?.ways[kind] ?? defaultWays[kind]]),
    ) as NotificationSettings["ways"],
    sound: row?.sound ?? true,
    quiet: row?.quiet ?? null,
    snoozedUntil: row?.snoozed_until ? new Date(row.snoozed_until).toISOString() : null,
  };
}

/** Is a person told of this kind at all? */
export function isTold({ ways }: NotificationSettings, kind: NotificationKind): boolean {
  const { page, browser, push } = ways[kind];
  return page || browser || push;
}
