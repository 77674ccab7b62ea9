import type { App } from "./app.ts";
import { demoSignIn, loadDemo } from "./demo/load.ts";
import { createFirstOwnerLink, hasOwner, linkUrl } from "./modules/members/index.ts";
import { createWorkspace, listWorkspaces } from "./modules/workspaces/index.ts";
import type { Env } from "./platform/env.ts";

const firstProject = { name: "Okno", locale: "ru", timeZone: "Europe/Moscow", accent: "#0f766e" } as const;

/** On a new installation: the demo workspace, or an empty one. @returns how to sign in, in words. */
export async function prepareFirstWorkspace(app: App, env: Env): Promise<string[]> {
  const { db, clock } = app.core;
  const origin = env.publicUrl ?? `http://${env.host}:${env.port}`;
  let [workspace] = await listWorkspaces(db.system);
  const shop = `A shop page with the chat on it: ${origin}/demo/shop`;
  if (!workspace && env.demo !== false) return [...(await loadDemo(app)), shop];
  if (!workspace) {
    const { workspaceId } = await createWorkspace({ db, clock }, { name: "Okno", project: firstProject });
    workspace = { id: workspaceId, name: "Okno", demo: false };
  }
  if (workspace.demo) return [...demoSignIn(), shop];
  if (await hasOwner(db.system, workspace.id)) return [];
  const { token } = await createFirstOwnerLink(db, clock, workspace.id);
  return [`Become the owner by this link, which works once: ${linkUrl(origin, token)}`];
}
