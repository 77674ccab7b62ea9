import type { Clock } from "../../platform/clock.ts";
import { type Database, statement } from "../../platform/database.ts";

const days = 14;
/** Of the project's latest tickets in each phase, so many are looked at: an answer within milliseconds, however old the project is. */
const looked = 300;
const keptMs = 10 * 60_000;

// The project's newest tickets by index, a page a phase; then those of the channel. What was completed without an answer tells nothing.
const list = statement(
  "channels.list_first_answers",
  `select t.created_at, coalesce(a.created_at, $4) as answered_at
   from unnest(array['open', 'waiting', 'done']) as p (phase)
   cross join lateral (
     select t.id, t.channel_id, t.phase, t.created_at from tickets t
     where t.workspace_id = $1 and t.project_id = $2 and t.phase = p.phase order by t.id desc limit ${looked}
   ) t
   left join lateral (
     select m.created_at from messages m where m.workspace_id = $1 and m.ticket_id = t.id and m.direction = 'out' order by m.seq limit 1
   ) a on true
   where t.channel_id = $3 and t.created_at > $4::timestamptz - interval '${days} days' and (a.created_at is not null or t.phase = 'open')`,
);

export type FirstAnswer = { at: Date; waitedSeconds: number };

/** How long a channel's latest matters waited for their first answer: read at most every ten minutes a channel. */
export function createFirstAnswers({ db, clock }: { db: Database; clock: Clock }) {
  const cache = new Map<string, { at: number; answers: Promise<FirstAnswer[]> }>();

  async function read(workspaceId: string, projectId: string, channelId: string): Promise<FirstAnswer[]> {
    const values = [workspaceId, projectId, channelId, clock.now()];
    const rows = await db.in(workspaceId).query<{ created_at: Date; answered_at: Date }>(list, values);
    return rows.map(({ created_at, answered_at }) => ({
      at: created_at,
      waitedSeconds: Math.max(0, (answered_at.getTime() - created_at.getTime()) / 1000),
    }));
  }

  return (channel: { id: string; workspaceId: string; project: { id: string } }): Promise<FirstAnswer[]> => {
    const now = clock.now().getTime();
    const known = cache.get(channel.id);
    if (known && now - known.at < keptMs) return known.answers;
    const answers = read(channel.workspaceId, channel.project.id, channel.id);
    answers.catch(() => cache.delete(channel.id));
    cache.set(channel.id, { at: now, answers });
    return answers;
  };
}
