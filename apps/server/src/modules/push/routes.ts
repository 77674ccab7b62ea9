import { fromPublicId, routes, toPublicId } from "@okno/contract";
import { refuse } from "@okno/kit";
import type { Clock } from "../../platform/clock.ts";
import { statement } from "../../platform/database.ts";
import { type Binding, bindTable, command, read } from "../../platform/http/binding.ts";
import { digest, newId } from "../../platform/ids.ts";
import { isPushService } from "./services.ts";
import type { Vapid } from "./vapid.ts";

/** Somebody with more browsers than this has forgotten some of them. */
const mostPerMember = 20;

const count = statement(
  "push.count",
  "select count(*)::int as n from push_subscriptions where workspace_id = $1 and member_id = $2",
);
// The same browser again, perhaps after somebody else: it belongs to whoever is signed in there now.
const save = statement(
  "push.save",
  `insert into push_subscriptions (workspace_id, id, member_id, session_id, endpoint, endpoint_hash, p256dh, auth, created_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
   on conflict (workspace_id, endpoint_hash) do update set member_id = excluded.member_id, session_id = excluded.session_id,
     p256dh = excluded.p256dh, auth = excluded.auth
   returning id`,
);
const remove = statement(
  "push.remove",
  "delete from push_subscriptions where workspace_id = $1 and member_id = $2 and id = $3 returning 1",
);

export type PushRouteDeps = { clock: Clock; vapid: Vapid; pushServices: readonly string[] };

export function pushBindings({ clock, vapid, pushServices }: PushRouteDeps): Binding[] {
  return bindTable(routes.push, {
    key: read(async () => ({ publicKey: vapid.publicKey })),
    subscribe: command(async ({ principal, body }, tx) => {
      const { workspaceId, id: me, sessionId } = principal;
      if (!isPushService(body.endpoint, pushServices))
        throw refuse("invalid_request", {}, [
          { pointer: "/endpoint", message: "is not the address of a known push service" },
        ]);
      const [held] = await tx.query<{ n: number }>(count, [workspaceId, me]);
      if ((held?.n ?? 0) >= mostPerMember) throw refuse("limit_reached", { limit: mostPerMember });
      const { p256dh, auth } = body.keys;
      const [row] = await tx.query<{ id: string }>(save, [
        workspaceId,
        newId(clock),
        me,
        sessionId,
        body.endpoint,
        digest(body.endpoint),
        p256dh,
        auth,
        clock.now(),
      ]);
      if (!row) throw new Error("a subscription just written was not answered");
      return { id: toPublicId("pushSubscription", row.id) };
    }),
    unsubscribe: command(async ({ principal, params }, tx) => {
      const id = fromPublicId("pushSubscription", params.id);
      const gone = await tx.query(remove, [principal.workspaceId, principal.id, id]);
      if (gone.length === 0) throw refuse("not_found");
    }),
  });
}
