import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { signUp, startTestApp, type TestApp } from "../../testing/index.ts";
import { startTestIndex, type TestIndex } from "../../testing/search-index.ts";

let t: TestApp;
let index: TestIndex;
beforeAll(async () => {
  t = await startTestApp();
  index = startTestIndex(t);
});
afterAll(async () => {
  await index.consumer.stop();
  await t.close();
});

type New = Parameters<TestApp["client"]["tickets"]["create"]>[0]["body"];

async function create(body: Partial<New> & { subject?: string; body?: string }) {
  return t.client.tickets.create({ body: { subject: "Вопрос", body: "Текст", ...body } });
}

async function find(q: string, query: { limit?: number; cursor?: string; project?: string } = {}) {
  return t.client.search.tickets({ query: { q, ...query } });
}

const idsOf = (answer: Awaited<ReturnType<typeof find>>) => answer.data.map(({ ticket }) => ticket.id);

describe("what is written is found as people write it", () => {
  const written: [string, string, boolean][] = [
    // Russian forms
    ["Не пришёл мой заказ", "заказы", true],
    ["Не пришёл мой заказ", "заказа", true],
    ["Вернули деньги за доставку", "доставка", true],
    ["Вернули деньги за доставку", "доставки", true],
    ["Курьер опоздал на два часа", "курьеру", true],
    ["Курьер опоздал на два часа", "часами", true],
    ["Курьер опоздал на два часа", "часовщик", false],
    ["Разбитые чашки в посылке", "чашка", true],
    ["Разбитые чашки в посылке", "посылка чашки", true],
    ["Разбитые чашки в посылке", "посылка тарелка", false],
    ["ДОГОВОРЫ подписаны", "договор", true],
    // English forms, in a Russian text too
    ["Your parcels were shipped", "parcel shipping", true],
    ["Your parcels were shipped", "ship", true],
    ["Не работает Checkout", "checkouts", true],
    ["We are connecting the customers", "connected customer", true],
    // ё and е
    ["Зелёная лампа", "зеленая", true],
    ["Зеленая лампа", "зелёную", true],
    ["Всё ещё ждём самолёт", "самолетом", true],
    ["ЁЛКА осыпалась", "елка", true],
    // As it is being written
    ["Разбитые чашки в посылке", "посыл", true],
    ["Your parcels were shipped", "parc", true],
    ["Your parcels were shipped", "parc shipped", false],
    // Quotes, exclusion
    ["Верните деньги за зелёный чайник", '"деньги за зелёный"', true],
    ["Верните деньги за зелёный чайник", "«зелёный чайник»", true],
    ["Верните деньги за зелёный чайник", '"чайник зелёный"', false],
    ["Верните деньги за зелёный чайник", "чайник -деньги", false],
    ["Верните деньги за зелёный чайник", "чайник -утюг", true],
    // Parts of addresses and codes
    ["Пишите на boss.big@shop-mail.example", "boss.big@shop-mail.example", true],
    ["Пишите на boss.big@shop-mail.example", "shop-mail.example", true],
    ["Пишите на boss.big@shop-mail.example", "@shop-mail.example", true],
    ["Пишите на boss.big@shop-mail.example", "boss", true],
    ["Артикул SKU-77/b12", "SKU-77", true],
    ["Артикул SKU-77/b12", "b12", true],
    ["Смотрите https://shop.example/help?id=42", "shop.example", true],
    ["Стоит 3.14 рубля", "3.14", true],
  ];
  const mark = new Map(written.map(([text], place) => [text, `метка${place}`] as const));

  beforeAll(async () => {
    for (const [text, word] of mark) await create({ body: `${text} ${word}` });
    await index.caughtUp();
  });

  test.each(written)("%s ← %s: %s", async (text, query, found) => {
    // Each text wears a word of its own, so that only it is asked for.
    const answer = await find(`${mark.get(text)} ${query}`);
    expect(answer.data.length, JSON.stringify(answer.understood)).toBe(found ? 1 : 0);
    expect(answer.total).toEqual({ value: found ? 1 : 0, more: false });
  });
});

describe("telephones in any spelling", () => {
  const spellings = [
    "+79161234567",
    "89161234567",
    "8 (916) 123-45-67",
    "+7 916 123 45 67",
    "7 916 123-45-67",
    "8-916-123-45-67",
    "9161234567",
    "916 123-45-67",
    "123-45-67",
    "1234567",
    "4567",
    "+7916",
    "8916123",
  ];

  test.each(spellings)("%s finds it in a text and in a contact", async (spelling) => {
    const kept = await create({ contact: { name: "Звонящий", phone: "8 916 123-45-67" } });
    const told = await create({ body: "Мой номер 8 (916) 123 45 67, звоните" });
    const other = await create({ contact: { phone: "+7 495 765-43-21" } });
    await index.caughtUp();
    const ids = idsOf(await find(spelling, { limit: 100 }));
    expect(ids).toContain(kept.id);
    expect(ids).toContain(told.id);
    expect(ids).not.toContain(other.id);
  });
});

test("a ticket is found by its number, and stands first", async () => {
  const ticket = await create({ subject: "Лампа" });
  await create({ body: `Как в заявке ${ticket.number}` });
  await index.caughtUp();
  for (const q of [`#${ticket.number}`, `№ ${ticket.number}`, `№${ticket.number}`, String(ticket.number)]) {
    const { data } = await find(q);
    expect(data[0]?.ticket.id, q).toBe(ticket.id);
    expect(data[0]?.hits[0]?.in, q).toBe("number");
  }
  expect(idsOf(await find(`#${ticket.number}`))).toHaveLength(1);
});

test("customers are found by parts of names and addresses, words together with what they wrote", async () => {
  const contact = { name: "Ярослава Вересаева", email: "yara.v@veresk.example" };
  const ticket = await create({ contact, subject: "Сломалась кофеварка" });
  await index.caughtUp();
  for (const q of [
    "ярослава",
    "верес",
    "Вересаева кофеварки",
    "yara.v@veresk.example",
    "veresk.example",
    "yara",
    "yara.v@ver",
  ])
    expect(idsOf(await find(q)), q).toEqual([ticket.id]);
  expect(idsOf(await find("Вересаева чайник"))).toEqual([]);
});

describe("operators", () => {
  let topic: string;
  let ticket: string;
  const word = "операторслово";
  beforeAll(async () => {
    topic = (await t.client.topics.create({ body: { project: t.project, name: "Доставка за город" } })).id;
    await t.client.labels.create({ body: { project: t.project, name: "vip" } });
    ticket = (
      await create({
        body: word,
        topic,
        labels: ["vip"],
        contact: { name: "Глеб Операторов", email: "gleb@op.example", phone: "+79031112233" },
      })
    ).id;
    await create({ body: word, contact: { name: "Другой Человек" } });
    await index.caughtUp();
  });

  const alone = [
    "от:Операторов",
    "from:gleb@op.example",
    "from:op.example",
    "от:+7 903 111-22-33",
    'от:"глеб оператор"',
    "тема:доставка",
    'topic:"Доставка за город"',
    "метка:VIP",
    "label:vip",
    "-from:человек",
  ];
  test.each(alone)("%s names one of two", async (operator) => {
    const answer = await find(`${word} ${operator}`);
    expect(idsOf(answer), JSON.stringify(answer.understood)).toEqual([ticket]);
    expect(answer.understood[1]?.problem).toBeNull();
  });

  const both = [
    "исполнитель:никто",
    "assignee:none",
    "is:open",
    "фаза:открыта",
    "канал:api",
    "после:вчера",
    "after:2020-01-01",
    "до:2100-01-01",
    "-is:done",
    "проект:Проект",
    "-тема:нет",
  ];
  test.each(both)("%s holds of both", async (operator) => {
    const answer = await find(`${word} ${operator}`);
    expect(answer.data, JSON.stringify(answer.understood)).toHaveLength(2);
  });

  const none = [
    "is:done",
    "исполнитель:я",
    "до:вчера",
    "-метка:vip -от:человек",
    "-проект:Проект",
    "тема:Неведомая",
  ];
  test.each(none)("%s holds of neither", async (operator) => {
    expect((await find(`${word} ${operator}`)).data).toEqual([]);
  });

  test("alone they are a list, the latest activity first", async () => {
    expect(idsOf(await find("метка:vip"))).toEqual([ticket]);
    const answer = await find("is:open", { limit: 2 });
    expect(answer.data).toHaveLength(2);
    const instants = answer.data.map((row) => row.ticket.activityAt);
    expect(instants).toEqual([...instants].sort().reverse());
    expect(answer.data.every(({ hits }) => hits.length === 0)).toBe(true);
  });

  test("how each part was understood is said: unknown, ambiguous, empty, no date, too common", async () => {
    await t.client.topics.create({ body: { project: t.project, name: "Доставка по городу" } });
    const { understood } = await find("тема:доставка метка:нетакой до:завтрак от: и чайник");
    expect(understood.map(({ text, problem }) => [text, problem])).toEqual([
      ["тема:доставка", "ambiguous_value"],
      ["метка:нетакой", "unknown_value"],
      ["до:завтрак", "not_a_date"],
      ["от:", "missing_value"],
      ["и", "stop_word"],
      ["чайник", null],
    ]);
    expect(understood[0]?.values.map(({ name }) => name).sort()).toEqual([
      "Доставка за город",
      "Доставка по городу",
    ]);
    const [date] = (await find("до:22.11.2020")).understood;
    expect(date?.values).toEqual([{ id: null, name: "2020-11-21T21:00:00.000Z" }]);
  });
});

test("hits say where, and mark what was found", async () => {
  const { id } = await create({
    subject: "Хрустальная ваза",
    body: `${"Начало. ".repeat(40)}Пришла разбитая\nваза, звоните 8 (902) 555-66-77. ${"Конец. ".repeat(40)}`,
    contact: { name: "Вазир" },
  });
  await t.client.messages.add({ params: { id }, body: { body: "Вазу заменим", visibility: "internal" } });
  await index.caughtUp();
  const [row] = (await find("ваза")).data;
  expect(row?.ticket.id).toBe(id);
  expect(row?.hits.map((hit) => hit.in)).toEqual(["subject", "note", "message"]);
  const marked = row?.hits.map(({ snippet }) => snippet.filter(({ hit }) => hit).map(({ text }) => text));
  expect(marked).toEqual([["ваза"], ["Вазу"], ["ваза"]]);
  const long = row?.hits[2]?.snippet.map(({ text }) => text).join("") ?? "";
  expect(long.length).toBeLessThan(220);
  expect(long).toMatch(/^….*Пришла разбитая ваза, звоните .*…$/u);
  const [byPhone] = (await find("89025556677")).data;
  expect(byPhone?.hits[0]?.snippet.find(({ hit }) => hit)?.text).toBe("8 (902) 555-66-77");
});

test("pages follow each other without a gap or a double, and the count is honest", async () => {
  const made: string[] = [];
  for (let n = 0; n < 23; n++) made.push((await create({ body: `страничное ${n}` })).id);
  await index.caughtUp();
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof find>> = await find("страничное", {
      limit: 10,
      ...(cursor ? { cursor } : {}),
    });
    expect(page.total.value).toBeLessThanOrEqual(23);
    expect(page.total.more || page.total.value === 23).toBe(true);
    seen.push(...idsOf(page));
    cursor = page.nextCursor;
  } while (cursor);
  expect(seen).toEqual(made.toReversed());
  await expect(find("страничное", { cursor: "nonsense" })).rejects.toMatchObject({ code: "invalid_cursor" });
});

test("the list of tickets takes q with its filters and orders, and refuses those it cannot combine", async () => {
  const contact = { name: "Из списка" };
  const vip = await create({
    contact,
    body: "списочное",
    labels: ["vip"],
    topic: (await t.client.topics.list()).data[0]?.id ?? "",
  });
  const plain = await create({ body: "списочное" });
  await index.caughtUp();
  const list = async (query: Record<string, unknown>) =>
    (await t.client.tickets.list({ query: { q: "списочного", ...query } as never })).data.map(({ id }) => id);
  expect(await list({})).toEqual([plain.id, vip.id]);
  for (const sort of ["newest", "activity", "important"]) expect(await list({ sort }), sort).toHaveLength(2);
  expect(await list({ label: "vip" })).toEqual([vip.id]);
  expect(await list({ phase: "done" })).toEqual([]);
  expect(await list({ assignee: "none", kind: "inquiry", project: t.project })).toHaveLength(2);
  expect(await list({ contact: vip.contact?.id })).toEqual([vip.id]);
  expect(await list({ topic: vip.topic })).toEqual([vip.id]);
  await expect(list({ unansweredFor: 5 })).rejects.toMatchObject({ code: "invalid_request" });
  await expect(list({ sort: "waiting" })).rejects.toMatchObject({ code: "invalid_request" });
});

describe("within permissions", () => {
  test("another project's words are not found, not counted, not shown, not suggested", async () => {
    const project = (await t.client.projects.create({ body: { name: "Закрытый" } })).id;
    const contact = { name: "Секретий Тайнов", email: "secret@hidden.example" };
    const hidden = await create({ project, body: "секретнослово", contact });
    const mine = await create({ body: "секретнослово" });
    await index.caughtUp();
    const here = (await signUp(t, { grants: { [t.project]: "operator" } })).client;
    const there = (await signUp(t, { grants: { [project]: "operator" } })).client;
    const q = "секретнослово";
    const answer = await here.search.tickets({ query: { q } });
    expect(idsOf(answer)).toEqual([mine.id]);
    expect(answer.total).toEqual({ value: 1, more: false });
    expect(idsOf(await there.search.tickets({ query: { q } }))).toEqual([hidden.id]);
    expect((await here.search.tickets({ query: { q, project } })).data).toEqual([]);
    for (const word of [
      "секретий",
      "secret@hidden.example",
      `#${hidden.number}`,
      "от:тайнов",
      "проект:Закрытый",
    ]) {
      const other = await here.search.tickets({ query: { q: word } });
      expect(JSON.stringify([other.data, other.total.value, other.understood[0]?.values]), word).toBe(
        "[[],0,[]]",
      );
    }
    expect((await here.search.suggest({ query: { q: "тай" } })).data).toEqual([]);
    expect((await there.search.suggest({ query: { q: "тай" } })).data).toEqual([
      { contact: hidden.contact?.id, name: "Секретий Тайнов", address: "secret@hidden.example" },
    ]);
    expect((await here.contacts.list({ query: { q: "секретий" } })).data).toEqual([]);
    expect((await there.contacts.list({ query: { q: "секретий" } })).data).toHaveLength(1);
  });

  test("a key that may not see contacts cannot sound them out", async () => {
    const contact = { name: "Тихон Неслышный", phone: "+7 912 000-11-22" };
    const ticket = await create({ body: "громкослово", contact });
    await index.caughtUp();
    const body = { name: "Читатель", scopes: ["tickets:read" as const], projects: [t.project] };
    const client = t.clientWith((await t.client.keys.create({ body })).secret);
    const ask = async (q: string) => (await client.search.tickets({ query: { q } })).data;
    expect((await ask("громкослово"))[0]?.ticket.id).toBe(ticket.id);
    for (const q of ["+7 912 000-11-22", "от:неслышный", "неслышный"]) expect(await ask(q), q).toEqual([]);
    await expect(client.search.suggest({ query: { q: "тих" } })).rejects.toMatchObject({ code: "forbidden" });
  });
});

test("contacts: a page of all, and by parts of names, addresses and telephones", async () => {
  const contact = { name: "Зинаида Ёлкина", email: "zina@elka.example", phone: "+7 913 777-88-99" };
  const id = (await create({ contact })).contact?.id;
  await index.caughtUp();
  for (const q of [
    "зина",
    "елкин",
    "ёлкина зинаида",
    "zina@elka.example",
    "elka",
    "8 913 777 88 99",
    "8899",
  ]) {
    const found = (await t.client.contacts.list({ query: { q } })).data;
    expect(
      found.map((each) => each.id),
      q,
    ).toEqual([id]);
  }
  expect((await t.client.contacts.list({ query: { q: "зина петрова" } })).data).toEqual([]);
  const first = await t.client.contacts.list({ query: { limit: 2 } });
  const second = await t.client.contacts.list({ query: { limit: 2, cursor: first.nextCursor ?? "" } });
  expect(new Set([...first.data, ...second.data].map((each) => each.id)).size).toBe(4);
  await expect(t.client.contacts.list({ query: { cursor: "x" } })).rejects.toMatchObject({
    code: "invalid_cursor",
  });
});
