import { fromPublicId, toPublicId } from "@okno/contract";
import { type Queryable, statement } from "../../platform/database.ts";
import { type ConfirmationSecrets, mask } from "./secrets.ts";

// Two looks by index, one for each kind of secret. A link shows how its demand stands for ever; a code is good while it is asked for.
const findSealed = statement(
  "confirmations.find_sealed",
  `select d.id, d.message_id, d.sealed from confirmations d
   where d.workspace_id = $1 and d.message_id = any($2::uuid[]) and d.sealed is not null
   union all
   select d.id, d.code_message_id, d.code_sealed from confirmations d
   where d.workspace_id = $1 and d.code_message_id = any($2::uuid[]) and d.code_sealed is not null and d.status = 'pending'`,
);

/** Puts the secrets back into presented messages shown to their customer; members always read the mask. */
export async function revealSecrets<M extends { id: string; direction: string; body: string }>(
  { sealer }: ConfirmationSecrets,
  db: Queryable,
  workspaceId: string,
  messages: readonly M[],
): Promise<M[]> {
  const masked = messages.filter(({ direction, body }) => direction === "out" && body.includes(mask));
  if (masked.length === 0) return [...messages];
  const ids = masked.map(({ id }) => fromPublicId("message", id) ?? null);
  const sealed = await db.query<{ id: string; message_id: string; sealed: Buffer }>(findSealed, [
    workspaceId,
    ids,
  ]);
  const secrets = new Map(
    sealed.map((each) => [toPublicId("message", each.message_id), sealer.open(each.sealed, each.id)]),
  );
  return messages.map((message) => {
    const secret = secrets.get(message.id);
    // The last one: whatever the operator wrote before it stays as it is.
    const at = message.body.lastIndexOf(mask);
    if (secret === undefined || at < 0) return message;
    return { ...message, body: message.body.slice(0, at) + secret + message.body.slice(at + mask.length) };
  });
}
