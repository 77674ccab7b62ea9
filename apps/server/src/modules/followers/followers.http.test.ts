import { fromPublicId, toPublicId } from "@okno/contract";
import { afterAll, beforeAll, expect, test } from "vitest";
import { addPerson, asPerson, startTestApp, type TestApp } from "../../testing/index.ts";
import { codeOf } from "../../testing/people.ts";
import { lockTicket } from "../tickets/index.ts";
import { addFollowers } from "./index.ts";

let t: TestApp;
let anna: Awaited<ReturnType<typeof addPerson>>;
let boris: typeof anna;
let stranger: typeof anna;
beforeAll(async () => {
  t = await startTestApp();
  const other = await t.client.projects.create({ body: { name: "Другой" } });
  anna = await addPerson(t, { name: "Анна" });
  boris = await addPerson(t, { name: "Борис" });
  stranger = await addPerson(t, { name: "Чужой", projects: [fromPublicId("project", other.id) ?? ""] });
});
afterAll(() => t.close());

const make = () => t.client.tickets.create({ body: { subject: "Вопрос", body: "?" } });
const names = (body: { data: { name: string }[] }) => body.data.map(({ name }) => name);
const as = (person: typeof anna, method: string, id: string, who: string) =>
  asPerson(t, person.cookie, method, `/v1/tickets/${id}/followers/${who}`);

test("one follows, lets a colleague follow, and stops; each is told once, and the ticket does not move up", async () => {
  const { id, activityAt } = await make();
  expect(names((await as(anna, "PUT", id, "me")).body)).toEqual(["Анна"]);
  await as(anna, "PUT", id, "me");
  expect(names((await as(anna, "PUT", id, toPublicId("member", boris.id))).body)).toEqual(["Анна", "Борис"]);
  expect(names((await as(boris, "DELETE", id, "me")).body)).toEqual(["Анна"]);
  await as(boris, "DELETE", id, "me");
  const { data } = await t.client.tickets.events({ params: { id } });
  expect(
    data
      .map(({ type, data: said }) => [type, said.member])
      .reverse()
      .slice(1),
  ).toEqual([
    ["ticket.followed", toPublicId("member", anna.id)],
    ["ticket.followed", toPublicId("member", boris.id)],
    ["ticket.unfollowed", toPublicId("member", boris.id)],
  ]);
  expect(await t.client.tickets.get({ params: { id } })).toMatchObject({ activityAt, seq: 4 });
});

test("only who works in the ticket's project can follow it, and a key cannot", async () => {
  const { id } = await make();
  expect((await as(stranger, "PUT", id, "me")).body.code).toBe("not_found");
  expect((await as(anna, "PUT", id, toPublicId("member", stranger.id))).body.code).toBe("unknown_reference");
  expect(await codeOf(t.client.followers.add({ params: { id, member: "me" } }))).toBe("forbidden");
  expect((await t.client.followers.list({ params: { id } })).data).toEqual([]);
});

test("ten clicks at once make one follower and one entry", async () => {
  const { id } = await make();
  const answers = await Promise.all(Array.from({ length: 10 }, () => as(anna, "PUT", id, "me")));
  expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
  const { data } = await t.client.tickets.events({ params: { id } });
  expect(data.filter(({ type }) => type === "ticket.followed")).toHaveLength(1);
});

test("others add followers in a transaction of their own: strangers are passed over, and it is all or nothing", async () => {
  const { id } = await make();
  const scope = { workspaceId: t.workspaceId, projectIds: [t.projectId] };
  const memberIds = [anna.id, stranger.id, boris.id];
  const actor = { kind: "member", id: anna.id } as const;
  const failing = t.db.transaction(t.workspaceId, async (tx) => {
    const ticket = await lockTicket(tx, scope, fromPublicId("ticket", id) ?? "");
    if (!ticket) throw new Error("it is there");
    const told = await addFollowers(tx, ticket, { memberIds, actor, now: t.clock.now() });
    expect(told.map(({ data }) => data.member).sort()).toEqual(
      [anna.id, boris.id].map((each) => toPublicId("member", each)).sort(),
    );
    throw new Error("taken back");
  });
  await expect(failing).rejects.toThrow("taken back");
  expect((await t.client.followers.list({ params: { id } })).data).toEqual([]);
});
