import { toPublicId } from "@okno/contract";
import { refuse } from "@okno/kit";
import { type Queryable, statement } from "../../platform/database.ts";

const findHolder = statement(
  "contacts.find_holder",
  `select i.id, i.contact_id, c.name from identities i join contacts c on c.workspace_id = i.workspace_id and c.id = i.contact_id
   where i.workspace_id = $1 and i.project_id = $2 and i.kind = $3 and i.scope = '00000000-0000-0000-0000-000000000000'
     and i.value = $4 and i.verified = $5`,
);

export type Address = { projectId: string; kind: string; value: string; verified: boolean };
export type Holder = { id: string; contact_id: string; name: string | null };

/** Whose an address is, proved or claimed as asked. */
export async function holderOf(
  tx: Queryable & { workspaceId: string },
  { projectId, kind, value, verified }: Address,
): Promise<Holder | undefined> {
  const [holder] = await tx.query<Holder>(findHolder, [tx.workspaceId, projectId, kind, value, verified]);
  return holder;
}

/** @throws already_exists with who has it. */
export async function requireFree(tx: Queryable & { workspaceId: string }, address: Address): Promise<void> {
  const holder = await holderOf(tx, address);
  if (holder) throw taken(holder);
}

/** The refusal that names the contact who has the address: of the same project, so the caller may see it. */
export function taken({ contact_id, name }: Pick<Holder, "contact_id" | "name">) {
  return refuse("already_exists", { contact: { id: toPublicId("contact", contact_id), name } });
}
