import type { Core } from "../core.ts";
import type { SandboxAccess } from "../modules/guides/index.ts";
import { createKey, secretIn } from "../modules/members/index.ts";
import { listWorkspaces } from "../modules/workspaces/index.ts";
import { statement, type Transaction } from "../platform/database.ts";
import { digest } from "../platform/ids.ts";

// What the guides for integrators let everybody use in a demo: the sandboxes of the kinds, and a key. As well known as the demo's password.

/** The key's words; before them stands the workspace. */
const keyWords = "demo-key-for-everybody-who-reads-the-guides";
/** How long an answer is believed: anybody may ask for a page, as often as they like. */
const believedMs = 5_000;

const findKey = statement(
  "demo.find_key",
  "select 1 from api_keys where workspace_id = $1 and token_hash = $2 and revoked_at is null",
);

export async function addSandbox(core: Core, tx: Transaction, projectId: string): Promise<void> {
  for (const demo of core.kinds.demos) await demo.furnish(tx, { projectId });
  const key = {
    name: "Примеры из документации",
    role: "operator",
    projectIds: [projectId],
    scopes: ["tickets:read", "tickets:write", "payouts:read", "payouts:create", "payouts:confirm"],
    expiresAt: null,
    words: keyWords,
  } as const;
  await createKey(tx, core.clock, key, { kind: "system", id: null });
}

async function findSandbox({ db, kinds }: Core): Promise<SandboxAccess | undefined> {
  const workspace = (await listWorkspaces(db.system)).find(({ demo }) => demo);
  if (!workspace) return undefined;
  const key = `okno_${secretIn(workspace.id, keyWords)}`;
  const [known] = await db.in(workspace.id).query(findKey, [workspace.id, digest(key)]);
  const parts = await Promise.all(kinds.demos.map((demo) => demo.access(workspace.id)));
  if (!known || parts.includes(undefined)) return undefined;
  return { ...Object.assign({}, ...parts), key };
}

/** The sandbox of the demo, while its credentials are in force; none on an installation without a demo. */
export function createSandboxLookup(core: Core): () => Promise<SandboxAccess | undefined> {
  let known: { at: number; found: Promise<SandboxAccess | undefined> } | undefined;
  return () => {
    const now = core.clock.now().getTime();
    if (known && now - known.at < believedMs) return known.found;
    const found = findSandbox(core);
    known = { at: now, found };
    found.catch(() => {
      known = undefined;
    });
    return found;
  };
}
