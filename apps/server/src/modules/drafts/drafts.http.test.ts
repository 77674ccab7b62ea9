import type { Draft } from "@okno/contract";
import { fromPublicId } from "@okno/contract";
import { OknoError } from "@okno/sdk";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  codeOf,
  openBrowser,
  type Person,
  signUp,
  startTestApp,
  type TestApp,
  testPassword,
} from "../../testing/index.ts";
import { textFile } from "../../testing/world.ts";
import { removeUnusedFiles } from "../files/index.ts";

let t: TestApp;
let anna: Person;
let boris: Person;
beforeAll(async () => {
  t = await startTestApp();
  anna = await signUp(t, { grants: { [t.project]: "operator" } });
  boris = await signUp(t, { grants: { [t.project]: "operator" } });
});
afterAll(() => t.close());

const ticket = async (subject = "Вопрос") =>
  (await t.client.tickets.create({ body: { subject, body: "Где заказ?" } })).id;
const draftOf = (person: Person, id: string) => person.client.drafts.get({ params: { id } });

/** What a refused save was told is there. */
async function conflictOf(saving: Promise<unknown>): Promise<Draft> {
  const error = await saving.then(
    () => undefined,
    (failure: unknown) => failure,
  );
  if (!(error instanceof OknoError) || error.code !== "version_conflict") throw new Error("it was accepted");
  const { draft } = (error.problem?.details ?? {}) as { draft: Draft };
  return draft;
}

/** Merges as the module that merges does: by the column alone. */
const merge = (from: string, into: string) =>
  t.db
    .in(t.workspaceId)
    .query(
      { name: "test.merge", text: "update tickets set merged_into = $3 where workspace_id = $1 and id = $2" },
      [t.workspaceId, fromPublicId("ticket", from), fromPublicId("ticket", into)],
    );

test("a draft is there on another device and after signing in again, reply and note apart, and nobody else sees it", async () => {
  const id = await ticket();
  expect(await draftOf(anna, id)).toMatchObject({ version: 0, reply: "", note: "" });
  const body = { reply: "Ваш заказ ", note: "проверить склад", mode: "note", version: 0 } as const;
  const kept = await anna.client.drafts.put({ params: { id }, body });
  await anna.client.session.signOut();
  const phone = openBrowser(t);
  await phone.client.session.signIn({ body: { email: anna.email, password: testPassword } });
  anna = { ...anna, ...phone };
  expect(await draftOf(anna, id)).toEqual(kept);
  expect(kept).toMatchObject({ reply: "Ваш заказ ", note: "проверить склад", mode: "note" });
  expect(await draftOf(boris, id)).toMatchObject({ version: 0, reply: "" });
  const { data } = await anna.client.drafts.list();
  expect(data).toMatchObject([
    { ticket: { id, subject: "Вопрос" }, mode: "note", preview: "проверить склад Ваш заказ" },
  ]);
  expect((await boris.client.drafts.list()).data).toEqual([]);
});

test("of two devices that save over the same version one is told what the other wrote; neither text is lost", async () => {
  const id = await ticket();
  const first = await anna.client.drafts.put({ params: { id }, body: { reply: "начало", version: 0 } });
  const save = (reply: string) =>
    anna.client.drafts.put({ params: { id }, body: { reply, version: first.version } });
  const outcomes = await Promise.allSettled([save("с телефона"), save("с ноутбука")]);
  expect(outcomes.map((each) => each.status).sort()).toEqual(["fulfilled", "rejected"]);
  const stored = await draftOf(anna, id);
  expect(await conflictOf(save("ещё раз"))).toEqual(stored);
  // Thrown away and begun again: the old version still does not fit.
  await anna.client.drafts.remove({ params: { id } });
  await anna.client.drafts.put({ params: { id }, body: { reply: "заново", version: 0 } });
  expect((await conflictOf(save("старое"))).reply).toBe("заново");
});

test("of two first drafts begun at once one is told of the other", async () => {
  const id = await ticket();
  const begin = (reply: string) => anna.client.drafts.put({ params: { id }, body: { reply, version: 0 } });
  const outcomes = await Promise.allSettled([begin("один"), begin("два"), begin("три")]);
  expect(outcomes.filter((each) => each.status === "fulfilled")).toHaveLength(1);
});

test("sending clears what was sent in the same transaction, and leaves what was not", async () => {
  const id = await ticket();
  const body = { reply: "Отвечаем\n", note: "для себя", version: 0 };
  const kept = await anna.client.drafts.put({ params: { id }, body });
  await anna.client.messages.add({ params: { id }, body: { body: "Отвечаем", holdSeconds: 0 } });
  const left = await draftOf(anna, id);
  expect(left).toMatchObject({ reply: "", note: "для себя" });
  expect(left.version).toBeGreaterThan(kept.version);
  await anna.client.messages.add({ params: { id }, body: { body: "для себя", visibility: "internal" } });
  expect(await draftOf(anna, id)).toMatchObject({ version: 0, note: "" });
  await anna.client.drafts.put({ params: { id }, body: { reply: "уже другое", version: 0 } });
  await anna.client.messages.add({ params: { id }, body: { body: "Отвечаем", holdSeconds: 0 } });
  expect((await draftOf(anna, id)).reply).toBe("уже другое");
});

test("drafts of tickets that were merged away are found at the survivor, all of them, and saved there as one", async () => {
  const [first, second, survivor] = [await ticket("Первая"), await ticket("Вторая"), await ticket("Живая")];
  await anna.client.drafts.put({ params: { id: first }, body: { reply: "из первой", version: 0 } });
  await anna.client.drafts.put({ params: { id: survivor }, body: { reply: "из живой", version: 0 } });
  await merge(first, second);
  await merge(second, survivor);
  const found = await draftOf(anna, first);
  expect(found).toMatchObject({ ticket: survivor, reply: "из живой\n\nиз первой" });
  expect(await draftOf(anna, survivor)).toEqual(found);
  const begun = (await anna.client.drafts.list()).data.map((each) => each.ticket.id);
  expect(begun.filter((id) => id === survivor)).toHaveLength(2);
  const body = { reply: "одна", version: found.version };
  expect(await anna.client.drafts.put({ params: { id: survivor }, body })).toMatchObject({
    ticket: survivor,
  });
  expect(await draftOf(anna, second)).toMatchObject({ ticket: survivor, reply: "одна" });
  expect((await anna.client.drafts.list()).data.filter((each) => each.ticket.id === survivor)).toHaveLength(
    1,
  );
});

test("a draft of a ticket that its author may no longer see is kept and not shown, and is back with the right", async () => {
  const leaver = await signUp(t, { grants: { [t.project]: "operator" } });
  const id = await ticket("Тайна");
  await leaver.client.drafts.put({ params: { id }, body: { reply: "дописать", version: 0 } });
  const { id: member } = leaver.member;
  await t.client.members.update({ params: { id: member }, body: { grants: [] } });
  expect(await codeOf(draftOf(leaver, id))).toBe("not_found");
  expect(JSON.stringify(await leaver.client.drafts.list())).not.toContain("Тайна");
  const grants = [{ project: t.project, role: "operator" as const }];
  await t.client.members.update({ params: { id: member }, body: { grants } });
  expect((await draftOf(leaver, id)).reply).toBe("дописать");
});

test("files of a draft outlive the removal of unused uploads; others' files and sent ones are not taken", async () => {
  const id = await ticket();
  const mine = await anna.client.attachments.upload({ form: textFile("mine.txt") });
  const idle = await anna.client.attachments.upload({ form: textFile("idle.txt") });
  const theirs = await boris.client.attachments.upload({ form: textFile("theirs.txt") });
  const body = { reply: "", attachments: [mine.id, theirs.id], version: 0 };
  const kept = await anna.client.drafts.put({ params: { id }, body });
  expect(kept.attachments.map((file) => file.name)).toEqual(["mine.txt"]);
  t.clock.advance(25 * 3_600_000);
  await removeUnusedFiles(t.app.core);
  expect((await draftOf(anna, id)).attachments.map((file) => file.id)).toEqual([mine.id]);
  const get = (file: { url: string }) => anna.fetch(`${t.url}${file.url}`);
  expect((await get(mine)).status).toBe(200);
  expect((await get(idle)).status).toBe(404);
});

test("a draft takes what a message would not, and refuses what cannot be a draft", async () => {
  const id = await ticket();
  const reply = `\u0000\u202E<script>${"я".repeat(60_000)}\uD800`;
  const kept = await anna.client.drafts.put({ params: { id }, body: { reply, version: 0 } });
  expect(kept.reply).toContain("<script>");
  expect(kept.reply).not.toContain("\u0000");
  const put = (body: object) => codeOf(anna.client.drafts.put({ params: { id }, body: body as never }));
  expect(await put({ reply: "x".repeat(150_001), version: kept.version })).toBe("invalid_request");
  expect(await put({ reply: "x" })).toBe("invalid_request");
  expect(await put({ version: kept.version, mentions: [{ kind: "member", id: "mem_1", name: "x" }] })).toBe(
    "invalid_request",
  );
  expect(await codeOf(anna.client.drafts.list({ query: { cursor: "x" } }))).toBe("invalid_cursor");
  // An empty one is none.
  expect(await anna.client.drafts.put({ params: { id }, body: { version: kept.version } })).toMatchObject({
    version: 0,
  });
});

test("the list of begun drafts runs page by page, newest first", async () => {
  const person = await signUp(t, { grants: { [t.project]: "operator" } });
  const ids: string[] = [];
  for (let n = 0; n < 5; n++) {
    const id = await ticket(`Страница ${n}`);
    ids.unshift(id);
    await person.client.drafts.put({ params: { id }, body: { reply: `текст ${n}`, version: 0 } });
  }
  const seen: string[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await person.client.drafts.list({ query: { limit: 2, ...(cursor && { cursor }) } });
    seen.push(...page.data.map((each) => each.ticket.id));
    if (!page.nextCursor) break;
    cursor = page.nextCursor;
  }
  expect(seen).toEqual(ids);
});
