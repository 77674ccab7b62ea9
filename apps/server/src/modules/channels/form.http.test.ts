import { toPublicId } from "@okno/contract";
import { afterAll, beforeAll, expect, test } from "vitest";
import { newId } from "../../platform/ids.ts";
import { visit } from "../../testing/chat-visitor.ts";
import { startTestApp, type TestApp } from "../../testing/index.ts";
import { addChannel, addProject } from "../workspaces/index.ts";
import { hidden, openForm, pressSend } from "./fixtures/form-page.ts";

let t: TestApp;
let formUrl: string;
let shopProject: string;
const topics: string[] = [];

beforeAll(async () => {
  t = await startTestApp();
  const key = await t.db.transaction(t.workspaceId, async (tx) => {
    const project = { name: "Магазин", locale: "ru", timeZone: "UTC", accent: "#2f7d5b" } as const;
    shopProject = await addProject(tx, t.clock, project);
    for (const name of ["Доставка", "Возврат", "<b>Прочее</b>"]) {
      const id = newId(t.clock);
      await tx.query(
        {
          name: "test_insert_topic",
          text: "insert into topics (workspace_id, id, project_id, name, created_at) values ($1, $2, $3, $4, now())",
        },
        [t.workspaceId, id, shopProject, name],
      );
      topics.push(toPublicId("topic", id));
    }
    const form = { projectId: shopProject, type: "form", name: "Форма", config: { topics } };
    return (await addChannel(tx, t.clock, form)).publicKey;
  });
  t.app.core.catalogs.forget(t.workspaceId);
  formUrl = `${t.url}/form/${key}`;
});
afterAll(() => t.close());

const newest = async () => (await t.client.tickets.list({ query: { limit: 1 } })).data[0];
/** Opens the form and reads it for a while, as people do. */
async function readForm(address = formUrl) {
  const page = await openForm(address);
  t.clock.advance(5_000);
  return page;
}

test("[CH-13] a form sent from a web site makes a ticket in the right project, with its topic and the claimed address", async () => {
  const page = await readForm();
  const sent = await pressSend(page, {
    topic: topics[1] ?? "",
    name: "Анна",
    contact: "Anna@Example.org",
    message: "Верните деньги",
  });
  expect(sent.status).toBe(303);
  const ticket = await newest();
  expect(ticket).toMatchObject({
    subject: "Верните деньги",
    project: toPublicId("project", shopProject),
    topic: topics[1],
    phase: "open",
  });
  const contact = await t.client.contacts.get({ params: { id: ticket?.contact?.id ?? "" } });
  expect(contact.name).toBe("Анна");
  expect(contact.identities).toContainEqual(
    expect.objectContaining({ kind: "email", value: "anna@example.org", verified: false }),
  );
});

test("a claimed address never joins the contact whose address it really is", async () => {
  const known = await t.client.tickets.create({
    body: {
      subject: "своя",
      body: "своя",
      contact: { email: "victim@example.org" },
      project: toPublicId("project", shopProject),
    },
  });
  await pressSend(await readForm(), { contact: "victim@example.org", message: "я не он" });
  const ticket = await newest();
  expect(ticket?.subject).toBe("я не он");
  expect(ticket?.contact?.id).not.toBe(known.contact?.id);
});

test("the answer is read on the private page, and what is written there returns to the same ticket", async () => {
  const sent = await pressSend(await readForm(), { message: "Когда доставка?" });
  const ticket = await newest();
  await t.client.messages.add({ params: { id: ticket?.id ?? "" }, body: { body: "Завтра <i>утром</i>" } });
  await t.client.messages.add({
    params: { id: ticket?.id ?? "" },
    body: { body: "тайная заметка", visibility: "internal" },
  });
  await t.client.actions.postpone({ params: { id: ticket?.id ?? "" }, body: { untilReply: true } });
  const conversation = await readForm(sent.next);
  expect(conversation.html).toContain("Завтра &lt;i&gt;утром&lt;/i&gt;");
  expect(conversation.html).not.toContain("тайная заметка");
  const again = await pressSend(conversation, { message: "Спасибо, жду" });
  expect(again.next).toBe(sent.next);
  const back = await t.client.tickets.get({ params: { id: ticket?.id ?? "" } });
  expect(back.phase).toBe("open");
  const { data } = await t.client.messages.list({ params: { id: ticket?.id ?? "" } });
  expect(
    data.filter(({ visibility }) => visibility === "public").map(({ body, status }) => [body, status]),
  ).toEqual([
    ["Спасибо, жду", "received"],
    ["Завтра <i>утром</i>", "read"],
    ["Когда доставка?", "received"],
  ]);
});

test("a double click and a reload make one ticket; going back and writing other words loses nothing", async () => {
  const page = await readForm();
  const twice = await Promise.all([
    pressSend(page, { message: "один раз" }),
    pressSend(page, { message: "один раз" }),
  ]);
  const reloaded = await pressSend(page, { message: "один раз" });
  expect(new Set([...twice, reloaded].map(({ next }) => next)).size).toBe(1);
  const changed = await pressSend(page, { message: "и вот ещё" });
  expect(changed.next).toBe(reloaded.next);
  const { data } = await t.client.messages.list({ params: { id: (await newest())?.id ?? "" } });
  expect(data.map(({ body }) => body)).toEqual(["и вот ещё", "один раз"]);
});

test("faults stand beside their fields, everything typed is kept, and a chosen file too", async () => {
  const page = await readForm();
  const file = new File(["содержимое"], "акт.txt", { type: "text/plain" });
  const typed = {
    name: `Анна "<script>alert(1)</script>`,
    contact: "anna@",
    topic: topics[0] ?? "",
    message: "текст </textarea><script>",
  };
  const refused = await pressSend(page, typed, { file });
  expect(refused.status).toBe(422);
  expect(refused.html).not.toContain("<script>");
  expect(refused.html).toContain("Анна &quot;&lt;script&gt;");
  expect(refused.html).toContain("текст &lt;/textarea&gt;&lt;script&gt;");
  expect(refused.html).toContain('id="contact-fault"');
  expect(refused.html).toContain('aria-invalid="true"');
  expect(refused.html).toMatch(new RegExp(`value="${topics[0]}" checked`, "u"));
  const kept = hidden(refused.html, "kept");
  const sent = await pressSend(refused, { ...typed, contact: "", kept });
  expect(sent.status).toBe(303);
  const conversation = await openForm(sent.next ?? "");
  const link = /href="([^"]*\/files\/[^"]*)"/u.exec(conversation.html)?.[1];
  const got = await fetch(new URL(link ?? "", t.url));
  expect(await got.text()).toBe("содержимое");
  expect(got.headers.get("content-disposition")).toContain("attachment");
});

test("a file that is too large is a fault of its field, with everything typed kept", async () => {
  const file = new File([new Uint8Array(26 * 1024 * 1024)], "видео.mp4");
  const refused = await pressSend(await readForm(), { message: "смотрите видео" }, { file });
  expect(refused.status).toBe(422);
  expect(refused.html).toContain('id="file-fault"');
  expect(refused.html).toContain("смотрите видео");
});

test("a robot is asked once more instead of being heard, and a person loses nothing by it", async () => {
  const { data: before } = await t.client.tickets.list({ query: { limit: 100 } });
  const quick = await pressSend(await openForm(formUrl), { message: "слишком быстро" });
  const trapped = await pressSend(await readForm(), { message: "ловушка", website: "https://spam.example" });
  const forged = await pressSend({ ...(await readForm()), once: "x.y.z" }, { message: "без жетона" });
  expect([quick.status, trapped.status, forged.status]).toEqual([422, 422, 422]);
  const { data: after } = await t.client.tickets.list({ query: { limit: 100 } });
  expect(after.length).toBe(before.length);
  t.clock.advance(5_000);
  expect(forged.html).toContain("без жетона");
  expect((await pressSend(forged, { message: "без жетона" })).status).toBe(303);
});

test("a page that was not given out opens for nobody, and files of another writer stay closed", async () => {
  const mine = await pressSend(await readForm(), { message: "моё" }, { file: new File(["1"], "a.txt") });
  const other = await pressSend(await readForm(), { message: "чужое" });
  const link = /href="([^"]*\/files\/[^"]*)"/u.exec((await openForm(mine.next ?? "")).html)?.[1] ?? "";
  expect((await fetch(new URL(link, t.url))).status).toBe(200);
  const token = (address: string | undefined) => address?.split("/t/")[1] ?? "";
  expect((await fetch(new URL(link.replace(token(mine.next), token(other.next)), t.url))).status).toBe(404);
  const forged = (mine.next ?? "").replace(/\/t\/.{10}/u, "/t/AAAAAAAAAA");
  expect((await openForm(forged)).status).toBe(404);
});

test("an urlencoded form works too, and only where a route takes forms", async () => {
  expect((await pressSend(await readForm(), { message: "просто" }, { urlencoded: true })).status).toBe(303);
  const refused = await fetch(`${t.url}/v1/tickets`, {
    method: "POST",
    body: new URLSearchParams({ subject: "x", body: "y" }),
    headers: { authorization: "Bearer test-admin-key-0123456789abcdef" },
  });
  expect(refused.status).toBe(415);
});

test("the page speaks the reader's language, is kept out of searches and frames, and may be framed when embedded", async () => {
  const english = await openForm(formUrl, { "accept-language": "en-GB" });
  expect(english.html).toContain("Write to us");
  expect(english.html).toContain('content="noindex"');
  expect(english.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
  expect(english.headers.get("content-security-policy")).toContain("script-src 'none'");
  const embedded = await openForm(`${formUrl}?embed=1&lang=ru`);
  expect(embedded.headers.get("content-security-policy")).toContain("frame-ancestors *");
  expect(embedded.html).toContain("Напишите нам");
  expect(embedded.html).toContain("lang=ru&amp;embed=1");
  expect(embedded.html).toContain("&lt;b&gt;Прочее&lt;/b&gt;");
});

test("one address cannot flood a form, and what it typed is kept", async () => {
  t.clock.advance(11 * 60_000);
  const statuses: number[] = [];
  for (let i = 0; i < 31; i++)
    statuses.push((await pressSend(await readForm(), { message: `сообщение ${i}` })).status);
  expect(statuses.slice(0, 20).every((status) => status === 303)).toBe(true);
  expect(statuses.at(-1)).toBe(429);
  t.clock.advance(11 * 60_000);
});

test("[RP-01] a message by each channel stands in one list", async () => {
  const key = await t.db.transaction(t.workspaceId, (tx) =>
    addChannel(tx, t.clock, { projectId: t.projectId, type: "webchat", name: "Чат", config: {} }),
  );
  t.app.core.catalogs.forget(t.workspaceId);
  await t.client.tickets.create({ body: { subject: "по API", body: "по API" } });
  await (await visit(t.url, key.publicKey)).say("из чата");
  await pressSend(await readForm(), { message: "с формы" });
  const { data } = await t.client.tickets.list({ query: { phase: "open", limit: 3 } });
  expect(data.map(({ subject }) => subject)).toEqual(["с формы", "из чата", "по API"]);
});
