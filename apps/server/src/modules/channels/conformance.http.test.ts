import { createHash } from "node:crypto";
import { apiServer } from "@okno/channel-api/server";
import { formServer } from "@okno/channel-form/server";
import { webchatServer } from "@okno/channel-webchat/server";
import { channelConformance, type Entrance } from "@okno/testkit";
import { visit } from "../../testing/chat-visitor.ts";
import { adminKey, startTestApp, type TestApp } from "../../testing/index.ts";
import { addChannel } from "../workspaces/index.ts";
import { openForm, pressSend } from "./fixtures/form-page.ts";

/** The same name always gives the same UUID: the second delivery of a message carries the first one's id. */
function uuidOf(name: string): string {
  const hex = createHash("sha256").update(name).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** An application with one channel of the type, and what all entrances have in common. */
async function installed(
  type: string,
): Promise<{ t: TestApp; key: string; common: Pick<Entrance, "stored" | "logs" | "close"> }> {
  const t = await startTestApp();
  const channel = { projectId: t.projectId, type, name: type, config: {} };
  const { publicKey } = await t.db.transaction(t.workspaceId, (tx) => addChannel(tx, t.clock, channel));
  t.app.core.catalogs.forget(t.workspaceId);
  const stored = async () => {
    const { data } = await t.client.tickets.list({ query: { limit: 100 } });
    const pages = data.map(({ id }) => t.client.messages.list({ params: { id }, query: { limit: 100 } }));
    const messages = (await Promise.all(pages)).flatMap((page) => page.data);
    return messages.sort((a, b) => (a.id < b.id ? -1 : 1)).map(({ body }) => body);
  };
  return { t, key: publicKey, common: { stored, logs: () => t.logs, close: t.close } };
}

const noEvents = "there are no provider's events, only the calls of its own contract";

channelConformance({
  server: apiServer,
  async open() {
    const { t, common } = await installed("api");
    const post = async (key: string, id: string, body: string) => {
      const res = await fetch(`${t.url}/v1/tickets`, {
        method: "POST",
        headers: {
          authorization: `Bearer ${key}`,
          "content-type": "application/json",
          "idempotency-key": id,
        },
        body: JSON.stringify({
          subject: "Заявка",
          body,
          contact: { email: "konfident@example.org", name: "Конфидент" },
        }),
      });
      return res.status === 201;
    };
    return {
      ...common,
      deliver: ({ id, body }) => post(adminKey, id, body),
      deliverForged: (body) => post(`${adminKey}-forged`, "forged", body),
      secrets: () => ["konfident@example.org", "Конфидент", adminKey],
    };
  },
  skip: { "unknown event": noEvents },
});

channelConformance({
  server: webchatServer,
  async open() {
    const { t, key, common } = await installed("webchat");
    const visitor = await visit(t.url, key);
    const about = { name: "Конфидент", email: "konfident@example.org" };
    const forger = await visit(t.url, key, `${"0".repeat(32)}.${visitor.token.split(".")[1]}`);
    const ok = ({ status }: { status: number }) => status === 201 || status === 200;
    return {
      ...common,
      deliver: async ({ id, body }) => ok(await visitor.say(body, { externalId: uuidOf(id), ...about })),
      deliverForged: async (body) => ok(await forger.say(body)),
      secrets: () => [about.name, about.email, visitor.token],
    };
  },
  skip: { "unknown event": noEvents },
});

channelConformance({
  server: formServer,
  async open() {
    const { t, key, common } = await installed("form");
    const opened = new Map<string, Awaited<ReturnType<typeof openForm>>>();
    const send = async (id: string, body: string, forge = (once: string) => once) => {
      const page = opened.get(id) ?? (await openForm(`${t.url}/form/${key}`));
      opened.set(id, page);
      t.clock.advance(3_000);
      const fields = { message: body, name: "Конфидент", contact: "konfident@example.org" };
      return (await pressSend({ ...page, once: forge(page.once) }, fields)).status === 303;
    };
    return {
      ...common,
      deliver: ({ id, body }) => send(id, body),
      deliverForged: (body) => send("forged", body, (once) => `${"0".repeat(32)}${once.slice(32)}`),
      secrets: () => ["konfident@example.org", "Конфидент", ...[...opened.values()].map(({ once }) => once)],
    };
  },
  skip: { "unknown event": noEvents },
});
