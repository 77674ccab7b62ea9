import type { Me, Role } from "@okno/contract";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { api } from "../api/client.ts";
import { queryClient } from "../api/query-client.ts";
import { forgetRead } from "../offline/kept.ts";
import { applyPreferences } from "../preferences/preferences.ts";

/** Who is signed in. */
export const meQuery = queryOptions({
  queryKey: ["me"],
  queryFn: async ({ signal }) => {
    const me = await api.session.me({ signal });
    applyPreferences(me.preferences);
    return me;
  },
  staleTime: Number.POSITIVE_INFINITY,
});

/** The signed-in person. Only for screens behind the sign-in, where it is always there. */
export function useMe(): Me {
  const { data } = useQuery(meQuery);
  if (!data) throw new Error("No one is signed in");
  return data;
}

const rank: Record<Role, number> = { operator: 0, supervisor: 1, admin: 2, owner: 3 };

/** The highest role the person holds in a project; in any project if none is named. */
export function roleOf(me: Me, project?: string): Role | undefined {
  if (me.member.owner) return "owner";
  const grants = me.member.grants.filter((grant) => project === undefined || grant.project === project);
  return grants.map((grant) => grant.role).sort((a, b) => rank[b] - rank[a])[0];
}

/** True where the person holds at least this role in a project (in any, if none is named). */
export function hasRole(me: Me, role: Role, project?: string): boolean {
  const held = roleOf(me, project);
  return held !== undefined && rank[held] >= rank[role];
}

const tabs = typeof BroadcastChannel === "undefined" ? undefined : new BroadcastChannel("okno.session");

/** Calls back when another tab of this browser signs out or signs in as somebody. */
export function onSessionChangedElsewhere(listener: (what: "signed-out" | "signed-in") => void): () => void {
  const hear = (event: MessageEvent<"signed-out" | "signed-in">) => listener(event.data);
  tabs?.addEventListener("message", hear);
  return () => tabs?.removeEventListener("message", hear);
}

/** To be called with the answer of signing in (or of a used link): forgets whoever was here and takes the new one. */
export function enterSession(me: Me): void {
  queryClient.clear();
  applyPreferences(me.preferences);
  queryClient.setQueryData(meQuery.queryKey, me);
  tabs?.postMessage("signed-in");
}

/** Ends the session on the server and in every tab. */
export async function leaveSession(): Promise<void> {
  await api.session.signOut();
  await forgetRead();
  tabs?.postMessage("signed-out");
}
