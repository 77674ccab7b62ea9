import type { Notification } from "@okno/contract";
import { toPublicId } from "@okno/contract";
import { statement } from "../../platform/database.ts";
import { presentActor } from "../journal/index.ts";

// The one predicate of notifications: one's own, of tickets in the projects one still works in, of endpoints one still administers.
const administers = `exists (select from members a where a.workspace_id = n.workspace_id and a.id = n.member_id and (a.owner or exists (
     select from grants g where g.workspace_id = a.workspace_id and g.member_id = a.id and g.project_id = w.project_id and g.role = 'admin')))`;
const visible = `n.workspace_id = $1 and n.member_id = $2
   and case when n.ticket_id is null then w.id is not null and ${administers} else t.project_id = any($3::uuid[]) end`;
const joined = `from notifications n left join tickets t on t.workspace_id = n.workspace_id and t.id = n.ticket_id
   left join webhooks w on w.workspace_id = n.workspace_id and w.id = n.webhook_id`;
const webhookName = "coalesce(nullif(w.description, ''), w.url) as webhook_name";

const shown = `select n.id, n.kind, n.ticket_id, t.number, t.subject, n.webhook_id, ${webhookName}, n.seq, n.actor_kind, n.actor_id,
     coalesce(c.name, m.name, k.name) as actor_name, n.created_at, n.read_at
   ${joined}
   left join contacts c on n.actor_kind = 'contact' and c.workspace_id = n.workspace_id and c.id = n.actor_id
   left join members m on n.actor_kind = 'member' and m.workspace_id = n.workspace_id and m.id = n.actor_id
   left join api_keys k on n.actor_kind = 'key' and k.workspace_id = n.workspace_id and k.id = n.actor_id
   where ${visible}`;
const paged = "and ($4::uuid is null or n.id < $4) order by n.id desc limit $5";

export const listAll = statement("notifications.list", `${shown} ${paged}`);
export const listUnread = statement("notifications.list_unread", `${shown} and n.read_at is null ${paged}`);
export const listByIds = statement(
  "notifications.list_by_ids",
  `${shown} and n.id = any($4::uuid[]) order by n.id`,
);

/** Counting stops here: nobody reads "1,284 unread" as anything but "many". */
export const countedTo = 100;
export const countUnread = statement(
  "notifications.count_unread",
  `select count(*)::int as unread from (
     select 1 ${joined} where ${visible} and n.read_at is null limit ${countedTo + 1}
   ) capped`,
);

export const markRead = statement(
  "notifications.mark",
  `update notifications set read_at = case when $4 then coalesce(read_at, $5) end
   where workspace_id = $1 and member_id = $2 and id = any($3::uuid[])`,
);
export const markTicketRead = statement(
  "notifications.mark_ticket",
  `update notifications set read_at = $4 where workspace_id = $1 and member_id = $2 and ticket_id = $3 and read_at is null`,
);
export const markAllRead = statement(
  "notifications.mark_all",
  `update notifications set read_at = $4 where workspace_id = $1 and member_id = $2 and read_at is null and id <= $3`,
);
export const forgetOld = statement(
  "notifications.forget_old",
  "delete from notifications where workspace_id = any(select id from workspaces) and created_at < $1",
);

export type NotificationRow = {
  id: string;
  kind: Notification["kind"];
  /** null: it is about an endpoint. */
  ticket_id: string | null;
  number: number;
  subject: string;
  webhook_id: string | null;
  webhook_name: string | null;
  seq: number;
  actor_kind: "contact" | "member" | "key" | "system";
  actor_id: string | null;
  actor_name: string | null;
  created_at: Date;
  read_at: Date | null;
};

export function presentNotification(row: NotificationRow): Notification {
  return {
    id: toPublicId("notification", row.id),
    kind: row.kind,
    ticket:
      row.ticket_id === null
        ? null
        : {
            id: toPublicId("ticket", row.ticket_id),
            number: row.number,
            subject: row.subject,
          },
    webhook:
      row.webhook_id === null
        ? null
        : { id: toPublicId("webhook", row.webhook_id), name: row.webhook_name ?? "" },
    seq: row.seq,
    actor: presentActor(row),
    at: row.created_at.toISOString(),
    readAt: row.read_at?.toISOString() ?? null,
  };
}

// With what whoever sends it needs to know of the person; only while they still work in the ticket's project.
export const findAddressed = statement(
  "notifications.find_addressed",
  `select n.kind, n.ticket_id, t.number, t.subject, n.webhook_id, ${webhookName}, n.created_at, n.read_at, m.locale, to_json(s) as settings,
     coalesce(c.name, a.name, k.name) as actor_name
   ${joined}
   join members m on m.workspace_id = n.workspace_id and m.id = n.member_id and m.disabled_at is null
   left join notification_settings s on s.workspace_id = n.workspace_id and s.member_id = n.member_id
   left join contacts c on n.actor_kind = 'contact' and c.workspace_id = n.workspace_id and c.id = n.actor_id
   left join members a on n.actor_kind = 'member' and a.workspace_id = n.workspace_id and a.id = n.actor_id
   left join api_keys k on n.actor_kind = 'key' and k.workspace_id = n.workspace_id and k.id = n.actor_id
   where n.workspace_id = $1 and n.member_id = $2 and n.id = $3 and (m.owner or exists (
     select from grants g where g.workspace_id = m.workspace_id and g.member_id = m.id and g.project_id = coalesce(t.project_id, w.project_id)))`,
);

export type Addressed = {
  kind: Notification["kind"];
  ticket_id: string | null;
  number: number;
  subject: string;
  webhook_id: string | null;
  webhook_name: string | null;
  created_at: Date;
  read_at: Date | null;
  locale: "ru" | "en";
  settings: object | null;
  actor_name: string | null;
};
