import { fromPublicId, routes, toPublicId } from "@okno/contract";
import { refuse } from "@okno/kit";
import type { Clock } from "../../platform/clock.ts";
import { type Binding, bindTable, command, read } from "../../platform/http/binding.ts";
import { type Principal, projectsWith } from "../../platform/http/principal.ts";
import {
  countedTo,
  countUnread,
  listAll,
  listUnread,
  markAllRead,
  markRead,
  markTicketRead,
  type NotificationRow,
  presentNotification,
} from "./queries.ts";
import { findSettings, type SettingsRow, saveSettings, settingsOf } from "./settings.ts";

export type NotificationDeps = {
  clock: Clock;
  /** The person's other tabs and devices are to count again. */
  changed(workspaceId: string, memberId: string): void;
};

const scopeOf = (principal: Principal) => [
  principal.workspaceId,
  principal.id,
  projectsWith(principal, "operator"),
];

/** @throws invalid_cursor */
function cursorId(cursor: string | undefined): string | null {
  if (cursor === undefined) return null;
  const id = fromPublicId("notification", cursor);
  if (!id) throw refuse("invalid_cursor");
  return id;
}

export function notificationBindings({ clock, changed }: NotificationDeps): Binding[] {
  return bindTable(routes.notifications, {
    list: read(async ({ principal, query }, db) => {
      const values = [...scopeOf(principal), cursorId(query.cursor), query.limit + 1];
      const rows = await db.query<NotificationRow>(query.unread ? listUnread : listAll, values);
      const shown = rows.slice(0, query.limit);
      const last = shown.at(-1);
      return {
        data: shown.map(presentNotification),
        nextCursor: rows.length > query.limit && last ? toPublicId("notification", last.id) : null,
      };
    }),
    counts: read(async ({ principal }, db) => {
      const [row] = await db.query<{ unread: number }>(countUnread, scopeOf(principal));
      const unread = row?.unread ?? 0;
      return { unread: Math.min(unread, countedTo), more: unread > countedTo };
    }),
    read: command(async ({ principal, body }, tx) => {
      const { workspaceId, id: me } = principal;
      const now = clock.now();
      if ("ids" in body) {
        const ids = body.ids.map((id) => fromPublicId("notification", id));
        await tx.query(markRead, [workspaceId, me, ids, body.read, now]);
      } else if ("ticket" in body)
        await tx.query(markTicketRead, [workspaceId, me, fromPublicId("ticket", body.ticket), now]);
      else await tx.query(markAllRead, [workspaceId, me, fromPublicId("notification", body.upTo), now]);
      tx.afterCommit(() => changed(workspaceId, me));
    }),
    settings: read(async ({ principal }, db) => {
      const [row] = await db.query<SettingsRow>(findSettings, [principal.workspaceId, principal.id]);
      return settingsOf(row);
    }),
    changeSettings: command(async ({ principal, body }, tx) => {
      const { workspaceId, id: me } = principal;
      const [row] = await tx.query<SettingsRow>(findSettings, [workspaceId, me]);
      const before = settingsOf(row);
      const ways = { ...row?.ways, ...body.ways };
      const sound = body.sound ?? before.sound;
      const quiet = body.quiet === undefined ? before.quiet : body.quiet;
      const snoozed = body.snoozedUntil === undefined ? before.snoozedUntil : body.snoozedUntil;
      await tx.query(saveSettings, [
        workspaceId,
        me,
        JSON.stringify(ways),
        sound,
        quiet === null ? null : JSON.stringify(quiet),
        snoozed,
      ]);
      tx.afterCommit(() => changed(workspaceId, me));
      return settingsOf((await tx.query<SettingsRow>(findSettings, [workspaceId, me]))[0]);
    }),
  });
}
