import type { Contact } from "@okno/contract";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eventsOf, mail, openChat, phone, problemOf } from "../../testing/askers.ts";
import { codeOf, type Person, signUp } from "../../testing/people.ts";
import { startTestApp, type TestApp } from "../../testing/test-app.ts";

let t: TestApp;
let _operator: Person;
beforeAll(async () => {
  t = await startTestApp();
  _operator = await signUp(t, { grants: { [t.project]: "operator" } });
});
afterAll(() => t.close());

const contactOf = (id: string) => t.client.contacts.get({ params: { id } });
const addressesOf = ({ identities }: Contact) => identities.map(({ value }) => value);

describe("identities", () => {
  test("phones of any spelling and e-mails of any case are one address; a second holder is refused with who has it", async () => {
    const number = phone();
    const { id } = await t.client.contacts.create({ body: { name: "Анна", phone: number } });
    const spelled = `8 (${number.slice(2, 5)}) ${number.slice(5, 8)}-${number.slice(8, 10)} ${number.slice(10)}`;
    const other = await t.client.contacts.create({ body: { name: "Борис" } });
    const params = { id: other.id };
    const refused = await problemOf(
      t.client.contacts.addIdentity({ params, body: { kind: "phone", value: spelled } }),
    );
    expect(refused).toMatchObject({ code: "already_exists", details: { contact: { id, name: "Анна" } } });
    const address = mail();
    const added = await t.client.contacts.addIdentity({
      params,
      body: { kind: "email", value: address.toUpperCase() },
    });
    expect(added.identities).toMatchObject([
      { kind: "email", value: address, verified: true, channel: null },
    ]);
    expect(added.lastSeenAt, "adding an address is no sign of life").toBeNull();
    const again = await t.client.contacts.addIdentity({ params, body: { kind: "email", value: address } });
    expect(again.identities).toHaveLength(1);
  });

  test("a claimed address is proved in place, corrected, removed; the journal names no address", async () => {
    const [claimed, corrected] = [mail(), mail()];
    const { id } = await t.client.contacts.create({ body: { name: "Вера" } });
    const params = { id };
    const before = await t.client.contacts.addIdentity({
      params,
      body: { kind: "email", value: claimed, verified: false },
    });
    const identity = before.identities[0]?.id ?? "";
    const proved = await t.client.contacts.updateIdentity({
      params: { id, identity },
      body: { verified: true },
    });
    expect(proved.identities).toMatchObject([{ id: identity, value: claimed, verified: true }]);
    const changed = await t.client.contacts.updateIdentity({
      params: { id, identity },
      body: { value: corrected },
    });
    expect(addressesOf(changed)).toEqual([corrected]);
    const wrong = t.client.contacts.updateIdentity({ params: { id, identity }, body: { value: "вера" } });
    expect(await problemOf(wrong)).toMatchObject({
      code: "invalid_request",
      errors: [{ pointer: "/value" }],
    });
    expect((await t.client.contacts.removeIdentity({ params: { id, identity } })).identities).toEqual([]);
    const told = (await eventsOf(t, "contact.changed")).filter(({ data }) => data.contact === id);
    expect(told).toHaveLength(4);
    expect(JSON.stringify(told)).not.toContain("example.com");
  });

  test("what a conversation hangs on is neither changed nor removed", async () => {
    const chat = await openChat(t);
    const { contact } = await chat.write("Здравствуйте");
    const card = await contactOf(contact);
    expect(card.identities).toMatchObject([{ kind: "visitor", channel: chat.channel }]);
    const params = { id: contact, identity: card.identities[0]?.id ?? "" };
    expect(await codeOf(t.client.contacts.removeIdentity({ params }))).toBe("in_use");
    expect(await codeOf(t.client.contacts.updateIdentity({ params, body: { value: "x@y.example" } }))).toBe(
      "in_use",
    );
  });

  test("the same address proved here and claimed there is suggested on both cards", async () => {
    const number = phone();
    const a = await t.client.contacts.create({ body: { name: "Глеб", phone: number } });
    const b = await t.client.contacts.create({ body: { name: "Гость" } });
    const body = { kind: "phone" as const, value: number, verified: false };
    const claimed = await t.client.contacts.addIdentity({ params: { id: b.id }, body });
    expect(claimed.duplicates).toEqual([{ contact: a.id, name: "Глеб", kind: "phone", value: number }]);
    expect((await contactOf(a.id)).duplicates).toMatchObject([{ contact: b.id, name: "Гость" }]);
  });

  test("two at once with the same new address: one has it, the other is told", async () => {
    const address = mail();
    const contacts = await Promise.all(
      ["Раз", "Два"].map((name) => t.client.contacts.create({ body: { name } })),
    );
    const add = ({ id }: Contact) =>
      codeOf(t.client.contacts.addIdentity({ params: { id }, body: { kind: "email", value: address } }));
    expect((await Promise.all(contacts.map(add))).sort()).toEqual(["accepted", "already_exists"]);
  });
});

describe("custom fields", () => {
  const field = (
    name: string,
    kind: "text" | "number" | "date" | "choice" | "boolean" | "link",
    choices?: string[],
  ) =>
    t.client.contactFields.create({
      body: { project: t.project, name, kind, ...(choices && { choices }) },
    });

  test("values are kept by type, and every wrong one is named at once", async () => {
    const fields = {
      text: await field("Город", "text"),
      number: await field("Договор", "number"),
      date: await field("День рождения", "date"),
      choice: await field("Тариф", "choice", ["Малый", "Большой"]),
      boolean: await field("Согласие", "boolean"),
      link: await field("Карточка", "link"),
    };
    const { id, version } = await t.client.contacts.create({ body: { name: "Дарья" } });
    const params = { id };
    const by = (values: Partial<Record<keyof typeof fields, string | number | boolean | null>>) =>
      Object.fromEntries(Object.entries(values).map(([key, value]) => [fields[key as "text"].id, value]));
    const good = {
      text: "Тверь",
      number: 42.5,
      date: "1990-02-28",
      choice: "Малый",
      boolean: false,
      link: "https://crm.example/42",
    };
    const saved = await t.client.contacts.update({ params, body: { fields: by(good), version } });
    expect(saved.fields).toEqual(by(good));
    const bad = {
      number: "42",
      date: "1990-02-30",
      choice: "Средний",
      boolean: "да",
      link: "javascript:alert(1)",
    };
    const refused = await problemOf(
      t.client.contacts.update({ params, body: { fields: by(bad), version: saved.version } }),
    );
    expect(refused?.code).toBe("invalid_request");
    expect(refused?.errors?.map(({ pointer }) => pointer).sort()).toEqual(
      Object.keys(bad)
        .map((key) => `/fields/${fields[key as "number"].id}`)
        .sort(),
    );
    const less = await t.client.contacts.update({
      params,
      body: { fields: by({ number: null }), version: saved.version },
    });
    const { number: _, ...rest } = good;
    expect(less.fields).toEqual(by(rest));
  });

  test("a value of a field taken out of use stays readable and can be taken away, not changed", async () => {
    const gone = await field("Старое", "text");
    const { id, version } = await t.client.contacts.create({ body: { name: "Егор" } });
    const params = { id };
    const saved = await t.client.contacts.update({
      params,
      body: { fields: { [gone.id]: "есть" }, version },
    });
    await t.client.contactFields.archive({ params: { id: gone.id } });
    expect((await contactOf(id)).fields).toEqual({ [gone.id]: "есть" });
    const listed = (await t.client.contactFields.list({ query: { project: t.project } })).data;
    expect(listed.at(-1)).toMatchObject({ id: gone.id, archivedAt: expect.any(String) });
    const write = (value: string | null) =>
      t.client.contacts.update({ params, body: { fields: { [gone.id]: value }, version: saved.version } });
    expect(await codeOf(write("другое"))).toBe("unknown_reference");
    expect((await write(null)).fields).toEqual({});
  });

  test("names are the project's own, the order is what was asked for", async () => {
    const project = (await t.client.projects.create({ body: { name: "Другой проект" } })).id;
    const add = (name: string) => t.client.contactFields.create({ body: { project, name, kind: "text" } });
    const ids = [await add("А"), await add("Б"), await add("В")].map(({ id }) => id);
    expect(await codeOf(add("а"))).toBe("already_exists");
    await t.client.contactFields.update({ params: { id: ids[2] ?? "" }, body: { place: 0 } });
    const { data } = await t.client.contactFields.list({ query: { project } });
    expect(data.map(({ name }) => name)).toEqual(["В", "А", "Б"]);
    const { id, version } = await t.client.contacts.create({ body: { name: "Ж" } });
    const foreign = t.client.contacts.update({
      params: { id },
      body: { fields: { [ids[0] ?? ""]: "x" }, version },
    });
    expect(await codeOf(foreign)).toBe("unknown_reference");
  });

  test("of two changes upon one version the second is refused and changes nothing", async () => {
    const { id, version } = await t.client.contacts.create({ body: { name: "Зоя" } });
    const params = { id };
    const codes = await Promise.all(
      ["первая", "вторая"].map((note) =>
        codeOf(t.client.contacts.update({ params, body: { note, version } })),
      ),
    );
    expect(codes.sort()).toEqual(["accepted", "version_conflict"]);
    expect((await contactOf(id)).version).toBe(version + 1);
  });
});

describe("hostile input", () => {
  test("names of 10,000 characters are refused, strange ones kept as text", async () => {
    const long = t.client.contacts.create({ body: { name: "Я".repeat(10_000) } });
    expect(await codeOf(long)).toBe("invalid_request");
    const name = `"; drop table contacts; -- <img src=x onerror=alert(1)> 👩‍👩‍👧 \u202eслева`;
    const { id, version } = await t.client.contacts.create({ body: { name } });
    expect((await contactOf(id)).name).toBe(name.replace("\u202e", ""));
    const note = `<script>alert(1)</script>\n${"🦊".repeat(1000)}`;
    const saved = await t.client.contacts.update({ params: { id }, body: { note, version } });
    expect(saved.note).toBe(note);
    const proto = t.client.contacts.update({
      params: { id },
      body: { fields: JSON.parse('{"constructor":"x","cfl_x":"y"}'), version: saved.version },
    });
    expect(await codeOf(proto)).toBe("unknown_reference");
    for (const value of ["'; --", "12", "+7916", "a@b", "\u0000"]) {
      const kind = value.includes("@") ? "email" : "phone";
      const added = t.client.contacts.addIdentity({ params: { id }, body: { kind, value } });
      expect(await codeOf(added), value).toBe("invalid_request");
    }
  });
});
