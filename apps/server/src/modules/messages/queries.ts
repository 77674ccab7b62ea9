import type { Mention } from "@okno/contract";
import { statement } from "../../platform/database.ts";
import type { AttachmentRow } from "../files/index.ts";
import type { MessageRow } from "../tickets/index.ts";

export type ListedMessage = Pick<
  MessageRow,
  | "id"
  | "ticket_id"
  | "seq"
  | "direction"
  | "author_kind"
  | "author_id"
  | "body"
  | "channel_id"
  | "external_id"
  | "status"
  | "created_at"
> & {
  author_name: string | null;
  attachments: AttachmentRow[];
  mentions: Mention[] | null;
  held_until: Date | null;
};

const columns = `m.id, m.ticket_id, m.seq, m.direction, m.author_kind, m.author_id, coalesce(c.name, mem.name, k.name) as author_name,
  m.body, m.channel_id, m.external_id, m.status, m.created_at, m.mentions, m.held_until,
  (select coalesce(json_agg(json_build_object('id', a.id, 'name', a.name, 'media_type', f.media_type, 'size_bytes', f.size_bytes)
     order by a.id), '[]')
   from attachments a join files f on f.workspace_id = a.workspace_id and f.sha256 = a.sha256
   where a.workspace_id = m.workspace_id and a.message_id = m.id) as attachments`;
const joins = `left join contacts c on m.author_kind = 'contact' and c.workspace_id = m.workspace_id and c.id = m.author_id
  left join members mem on m.author_kind = 'member' and mem.workspace_id = m.workspace_id and mem.id = m.author_id
  left join api_keys k on m.author_kind = 'key' and k.workspace_id = m.workspace_id and k.id = m.author_id`;

/** Newest first. The ticket was found within the caller's scope before. */
export const listMessages = statement(
  "messages.list",
  `select ${columns} from messages m ${joins}
   where m.workspace_id = $1 and m.ticket_id = $2 and m.seq < $3 order by m.seq desc limit $4`,
);

/** A message is found only under its own ticket. */
export const findMessage = statement(
  "messages.find",
  `select ${columns} from messages m ${joins} where m.workspace_id = $1 and m.ticket_id = $2 and m.id = $3`,
);

export const listNewer = statement(
  "messages.list_newer",
  `select ${columns} from messages m ${joins} where m.workspace_id = $1 and m.ticket_id = $2 and m.seq > $3 order by m.seq limit 20`,
);
