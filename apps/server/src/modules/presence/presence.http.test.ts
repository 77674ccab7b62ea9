import { type PresenceFrame, toPublicId } from "@okno/contract";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addPerson, asPerson, startTestApp, type TestApp } from "../../testing/index.ts";

let t: TestApp;
let anna: Awaited<ReturnType<typeof addPerson>>;
let boris: typeof anna;
let stranger: typeof anna;
let ticket: string;

beforeAll(async () => {
  t = await startTestApp();
  const other = await t.client.projects.create({ body: { name: "Другой" } });
  anna = await addPerson(t, { name: "Анна" });
  boris = await addPerson(t, { name: "Борис" });
  const { rows } = await projectIdOf(other.id);
  stranger = await addPerson(t, { name: "Чужой", projects: rows });
  ticket = (await t.client.tickets.create({ body: { subject: "Общая", body: "?" } })).id;
});
afterAll(() => t.close());

async function projectIdOf(publicId: string) {
  const { fromPublicId } = await import("@okno/contract");
  return { rows: [fromPublicId("project", publicId) ?? ""] };
}

/** Every presence frame of a stream, as a browser reads them; and the text of the whole stream. */
async function watch(url: string, cookie: string) {
  const stop = new AbortController();
  const res = await fetch(`${url}/v1/stream`, { headers: { cookie }, signal: stop.signal });
  const frames: PresenceFrame[] = [];
  const seen = { text: "" };
  const reading = (async () => {
    const decoder = new TextDecoder();
    for await (const chunk of res.body as ReadableStream<Uint8Array>) {
      seen.text += decoder.decode(chunk, { stream: true });
      frames.length = 0;
      for (const [, data] of seen.text.matchAll(/event: presence\ndata: (.*)\n\n/gu))
        frames.push(JSON.parse(data ?? "") as PresenceFrame);
    }
  })().catch(() => undefined);
  await expect.poll(() => frames.length).toBeGreaterThan(0);
  return {
    frames,
    seen,
    tickets: () => frames.flatMap((frame) => frame.tickets),
    members: () => frames.flatMap((frame) => frame.members),
    async close() {
      stop.abort();
      await reading;
    },
  };
}

const announce = (cookie: string, body: object, app = t) =>
  asPerson(app, cookie, "POST", "/v1/presence", body);

test("a colleague's stream says who views and who types, one's own does not, and none of it has an id to resume from", async () => {
  const [hers, his] = await Promise.all([watch(t.url, anna.cookie), watch(t.url, boris.cookie)]);
  expect((await announce(anna.cookie, { ticket, doing: "viewing", tab: "1" })).status).toBe(204);
  await expect
    .poll(() => his.tickets().at(-1))
    .toMatchObject({ ticket, who: { name: "Анна" }, doing: "viewing" });
  await announce(anna.cookie, { ticket, doing: "typing", tab: "1" });
  await expect.poll(() => his.tickets().at(-1)?.doing).toBe("typing");
  const late = await watch(t.url, boris.cookie);
  expect(late.frames[0]).toMatchObject({ reset: true, tickets: [{ ticket, doing: "typing" }] });
  await announce(anna.cookie, { ticket, doing: null, tab: "1" });
  await expect.poll(() => his.tickets().at(-1)?.doing).toBe(null);
  expect(hers.tickets()).toEqual([]);
  const told = his.seen.text.split("\n\n").filter((frame) => frame.includes("event: presence"));
  expect(told.filter((frame) => frame.includes("id: "))).toEqual([]);
  await Promise.all([hers.close(), his.close(), late.close()]);
});

test("presence at another project's ticket reaches nobody who does not work there, and cannot be announced", async () => {
  const theirs = await watch(t.url, stranger.cookie);
  const his = await watch(t.url, boris.cookie);
  expect((await announce(stranger.cookie, { ticket, doing: "typing", active: true })).status).toBe(404);
  await announce(anna.cookie, { ticket, doing: "typing", active: true, tab: "1" });
  await expect.poll(() => his.tickets().length).toBeGreaterThan(0);
  const late = await watch(t.url, stranger.cookie);
  for (const stream of [theirs, late]) {
    expect(stream.tickets()).toEqual([]);
    expect(stream.seen.text).not.toContain("Анна");
    expect(stream.seen.text).not.toContain(toPublicId("member", anna.id));
  }
  await announce(anna.cookie, { ticket, doing: null, tab: "1" });
  await Promise.all([theirs.close(), his.close(), late.close()]);
});

test("two processes know of each other's operators, and what one was told outlives its end by seconds only", async () => {
  const sibling = await t.startSibling();
  const his = await watch(t.url, boris.cookie);
  const there = { ...t, url: sibling.url };
  expect((await announce(anna.cookie, { ticket, doing: "typing", tab: "2" }, there)).status).toBe(204);
  await expect.poll(() => his.tickets().at(-1)).toMatchObject({ ticket, doing: "typing" });
  await sibling.close();
  t.clock.advance(21_000);
  await expect.poll(() => his.tickets().at(-1)?.doing, { timeout: 3_000 }).toBe(null);
  await his.close();
});

test("a key has no presence, an unknown ticket is not found, and what cannot be is refused", async () => {
  const key = await t.client.keys.create({
    body: { name: "Ключ", scopes: ["tickets:read", "tickets:write"] },
  });
  const res = await fetch(`${t.url}/v1/presence`, {
    method: "POST",
    headers: { authorization: `Bearer ${key.secret}`, "content-type": "application/json" },
    body: JSON.stringify({ ticket }),
  });
  expect(res.status).toBe(403);
  const unknown = toPublicId("ticket", "018f0000-0000-7000-8000-000000000999");
  expect((await announce(anna.cookie, { ticket: unknown })).status).toBe(404);
  expect((await announce(anna.cookie, { ticket: "нет" })).status).toBe(400);
  expect((await announce(anna.cookie, { ticket, doing: "reading" })).status).toBe(400);
  expect((await announce(anna.cookie, { ticket: null, active: true })).status).toBe(204);
});

test("a chosen status is stored, told to colleagues at once, and shown in the list of members", async () => {
  const his = await watch(t.url, boris.cookie);
  const until = new Date(t.clock.now().getTime() + 3_600_000).toISOString();
  const put = (body: object) => asPerson(t, anna.cookie, "PUT", "/v1/me/status", body);
  expect(await put({ status: "busy", until })).toMatchObject({
    status: 200,
    body: { status: "busy", until },
  });
  const member = toPublicId("member", anna.id);
  await expect.poll(() => his.members()).toContainEqual({ member, availability: { status: "busy", until } });
  const { body } = await asPerson(t, boris.cookie, "GET", "/v1/members");
  expect(body.data.find((each: { id: string }) => each.id === member).availability).toEqual({
    status: "busy",
    until,
  });
  expect((await put({ status: "busy", until: "2020-01-01T00:00:00Z" })).body.code).toBe("invalid_request");
  expect((await put({ status: "available", until })).body).toEqual({ status: "available", until: null });
  const events = (await t.client.events.list({ query: { limit: 500 } })).data;
  expect(events.filter((event) => event.type === "member.status_changed").length).toBeGreaterThanOrEqual(1);
  await his.close();
});

test("whoever touches nothing for five minutes is told to be inactive", async () => {
  const his = await watch(t.url, boris.cookie);
  const member = toPublicId("member", anna.id);
  await announce(anna.cookie, { ticket: null, active: true });
  await expect.poll(() => his.members().some((each) => each.member === member && each.active)).toBe(true);
  t.clock.advance(5 * 60_000 + 1_000);
  await expect
    .poll(
      () => his.members().findLast((each) => each.member === member && each.active !== undefined)?.active,
      {
        timeout: 3_000,
      },
    )
    .toBe(false);
  await his.close();
});
