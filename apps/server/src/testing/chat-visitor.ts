import { randomUUID } from "node:crypto";

type Json = Record<string, unknown>;
export type ChatAnswer = { status: number; body: Json };
export type SeenMessage = {
  id: string;
  externalId: string | null;
  direction: string;
  author: string | null;
  body: string;
  status: string;
  attachments: { id: string; name: string; type: string; inline: boolean }[];
};

/** A visitor of a site's chat, speaking the frame's own protocol. */
export type ChatVisitor = Awaited<ReturnType<typeof visit>>;

async function answerOf(res: Response): Promise<ChatAnswer> {
  return { status: res.status, body: (await res.json()) as Json };
}

/** Opens the chat: as a new visitor, with a token, or as the user whom a signed identity names. */
export async function visit(url: string, key: string, known?: string, identity?: string) {
  const base = `${url}/chat/${key}`;
  const json = { "content-type": "application/json" };
  const opened = await answerOf(
    await fetch(`${base}/session`, {
      method: "POST",
      headers: json,
      body: JSON.stringify({ ...(known && { token: known }), ...(identity && { identity }) }),
    }),
  );
  const token = String(opened.body.token ?? known);
  const authorization = `Bearer ${token}`;
  const post = async (path: string, body: unknown, at = base) =>
    answerOf(
      await fetch(`${at}/${path}`, {
        method: "POST",
        headers: { ...json, authorization },
        body: JSON.stringify(body),
      }),
    );
  return {
    opened,
    token,
    post,
    /** Sends by this or another server of the same installation. */
    say: (body: string, more: Json = {}, otherUrl = url) =>
      post("messages", { externalId: randomUUID(), body, ...more }, `${otherUrl}/chat/${key}`),
    get: async (path: string) => answerOf(await fetch(`${base}/${path}`, { headers: { authorization } })),
    raw: (path: string, init: RequestInit = {}) =>
      fetch(`${base}/${path}`, { ...init, headers: { authorization } }),
    async messages(query = "") {
      const { body } = await answerOf(
        await fetch(`${base}/messages${query}`, { headers: { authorization } }),
      );
      return body.messages as SeenMessage[];
    },
    async upload(name: string, bytes: BlobPart, type = "application/octet-stream") {
      const form = new FormData();
      form.set("file", new File([bytes], name, { type }));
      return answerOf(
        await fetch(`${base}/files`, { method: "POST", headers: { authorization }, body: form }),
      );
    },
    /** The conversation's events, one by one. */
    async *events(signal: AbortSignal) {
      const res = await fetch(`${base}/stream`, { headers: { authorization }, signal });
      let text = "";
      for await (const chunk of res.body?.pipeThrough(new TextDecoderStream()) ?? []) {
        text += chunk;
        for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
          const event = /^event: (.+)$/mu.exec(text.slice(0, end))?.[1];
          const data = /^data: (.+)$/mu.exec(text.slice(0, end))?.[1];
          text = text.slice(end + 2);
          if (event && data) yield { event, data: JSON.parse(data) as Json & { messages: SeenMessage[] } };
        }
      }
    },
  };
}
