import { createECDH, randomBytes } from "node:crypto";
import { fromPublicId } from "@okno/contract";
import { newId } from "../platform/ids.ts";
import { enrolApp } from "./one-time-codes.ts";
import type { Browser } from "./people.ts";
import type { TestApp } from "./test-app.ts";

/** A subscription as a browser makes it: a key pair and a secret of its own. `endpoint`: where the push service listens. */
export function browserSubscription(
  endpoint = `https://fcm.googleapis.com/fcm/send/${randomBytes(9).toString("base64url")}`,
) {
  const pair = createECDH("prime256v1");
  pair.generateKeys();
  const auth = randomBytes(16);
  return {
    pair,
    auth,
    body: {
      endpoint,
      keys: { p256dh: pair.getPublicKey().toString("base64url"), auth: auth.toString("base64url") },
    },
  };
}

const insert = {
  name: "test.insert_notification",
  text: `insert into notifications (workspace_id, member_id, id, kind, ticket_id, seq, actor_kind, created_at)
    select workspace_id, $1, $2, 'reply', id, 1, 'contact', now() from tickets where id = $3`,
};

/** What is one's own: a browser that listens, an app for one-time codes, settings of one's choice, a notification. */
export async function fillPersonal(
  t: TestApp,
  { client }: Pick<Browser, "client">,
  ticket: string,
): Promise<{ pushSubscription: string; notification: string }> {
  const { member } = await client.session.me();
  const { id } = await client.push.subscribe({ body: browserSubscription().body });
  await client.notifications.changeSettings({ body: { sound: false } });
  await enrolApp({ client }, t.clock);
  const notification = newId(t.clock);
  await t.db.background.query(insert, [
    fromPublicId("member", member.id),
    notification,
    fromPublicId("ticket", ticket),
  ]);
  return { pushSubscription: id, notification };
}
