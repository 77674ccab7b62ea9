import { type StepUp, stepUpMinutes } from "@okno/contract";
import { type Queryable, statement } from "../../platform/database.ts";
import type { Whose } from "./take.ts";

const find = statement(
  "step_up.find",
  `select t.enrolled_at, s.stepped_up_at,
     (select count(*)::int from recovery_codes r where r.workspace_id = $1 and r.member_id = $2 and r.used_at is null) as codes_left
   from sessions s left join member_totp t on t.workspace_id = $1 and t.member_id = $2
   where s.workspace_id = $1 and s.id = $3 and s.member_id = $2`,
);

type Row = { enrolled_at: Date | null; stepped_up_at: Date | null; codes_left: number };

/** How it stands with a member's codes, and with this session. */
export async function findStepUp(db: Queryable, whose: Whose, now: Date): Promise<StepUp> {
  const [row] = await db.query<Row>(find, [whose.workspaceId, whose.memberId, whose.sessionId]);
  const until = row?.stepped_up_at && new Date(row.stepped_up_at.getTime() + stepUpMinutes * 60_000);
  return {
    enrolledAt: row?.enrolled_at?.toISOString() ?? null,
    recoveryCodesLeft: row?.codes_left ?? 0,
    provenUntil: row?.enrolled_at && until && until > now ? until.toISOString() : null,
  };
}
