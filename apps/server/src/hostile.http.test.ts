import { randomUUID } from "node:crypto";
import { connect } from "node:net";
import type { Message, Problem, Ticket } from "@okno/contract";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { adminKey, startTestApp, type TestApp } from "./testing/index.ts";

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

const auth = { authorization: `Bearer ${adminKey}` };
const json = { ...auth, "content-type": "application/json" };

async function post(path: string, body: BodyInit, headers: Record<string, string> = json) {
  const res = await fetch(`${t.url}${path}`, { method: "POST", headers, body });
  const answer = (await res.json()) as Problem & Ticket;
  return { status: res.status, code: answer.code, answer };
}
const open = (body: object) => post("/v1/tickets", JSON.stringify(body));
const newTicket = { subject: "Вопрос", body: "Где заказ?" };

async function uploaded(): Promise<string> {
  const form = new FormData();
  form.set("file", new Blob(["a"]), "a.txt");
  return (await t.client.attachments.upload({ form })).id;
}

describe("bytes that are no proper JSON", () => {
  const bytes = (...parts: (string | number[])[]) =>
    Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : Buffer.from(part))));
  const cases: [string, Buffer, string][] = [
    ["invalid UTF-8", bytes('{"subject":"', [0xff, 0xfe, 0xc3, 0x28], '","body":"b"}'), "invalid_json"],
    ["an overlong form", bytes('{"subject":"', [0xc0, 0xaf], '","body":"b"}'), "invalid_json"],
    ["UTF-16", Buffer.from(JSON.stringify(newTicket), "utf16le"), "invalid_json"],
    ["a raw NUL", bytes('{"subject":"a', [0], 'b","body":"b"}'), "invalid_json"],
    ["an escaped NUL", bytes('{"subject":"a\\u0000b","body":"b"}'), "invalid_request"],
    ["nothing", bytes(""), "invalid_request"],
    ["half a body", bytes('{"subject":"a"'), "invalid_json"],
    [
      "ten thousand levels of lists",
      bytes(`{"subject":${"[".repeat(10_000)}${"]".repeat(10_000)}}`),
      "invalid_json",
    ],
    [
      "ten thousand levels of objects",
      bytes(`${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}`),
      "invalid_json",
    ],
    ["a list", bytes("[]"), "invalid_request"],
    ["null", bytes("null"), "invalid_request"],
  ];
  test.each(cases)("%s is refused", async (_name, body, code) => {
    expect(await post("/v1/tickets", new Uint8Array(body))).toMatchObject({ status: 400, code });
  });

  test("unpaired surrogates become the replacement character, so that the database takes them", async () => {
    const { status, answer } = await post("/v1/tickets", '{"subject":"a\\ud800b","body":"b"}');
    expect(status).toBe(201);
    expect(answer.subject).toBe("a\ufffdb");
  });

  test("a body of one megabyte is read, one just above is refused", async () => {
    const exact = async (bytes: number) => {
      const base = { ...newTicket, padding: "" };
      const padding = "x".repeat(bytes - Buffer.byteLength(JSON.stringify(base)));
      return open({ ...base, padding });
    };
    expect((await exact(1024 * 1024)).status).toBe(201);
    expect(await exact(1024 * 1024 + 1)).toMatchObject({ status: 413, code: "payload_too_large" });
  });

  test("a body longer than said, or shorter, or with a broken length, harms nobody", async () => {
    for (const head of [
      "content-length: -1",
      "content-length: 1e3",
      "content-length: 5\r\ncontent-length: 6",
      "transfer-encoding: x",
    ]) {
      const answer = await raw(`POST /v1/tickets HTTP/1.1\r\nhost: x\r\n${head}\r\n\r\n{}{}{}`);
      expect(answer).toMatch(/^HTTP\/1\.1 4\d\d/u);
    }
    expect((await open(newTicket)).status).toBe(201);
  });
});

/** What comes back for bytes that no client library would send. */
function raw(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(t.url).port), "127.0.0.1", () => socket.end(text));
    let answer = "";
    socket.on("data", (chunk) => {
      answer += chunk;
    });
    socket.on("close", () => resolve(answer));
    socket.on("error", reject);
  });
}

describe("values that mean something else to somebody", () => {
  test("__proto__, constructor and prototype pollute nothing", async () => {
    const body =
      '{"subject":"s","body":"b","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"contact":{"__proto__":{"email":"x@example.com"}}}';
    const { status, answer } = await post("/v1/tickets", body);
    expect([201, 400]).toContain(status);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    if (status === 201) expect(answer.contact?.name ?? null).toBeNull();
    expect(await t.client.tickets.list({ query: { limit: 1 } })).toBeDefined();
  });

  test.each(["1e400", "-1e400", "1e-400", "9".repeat(400), "0.5", "9007199254740993", "-1"])(
    "the number %s is no seenSeq",
    async (number) => {
      const { answer } = await open(newTicket);
      const { status, code } = await post(
        `/v1/tickets/${answer.id}/messages`,
        `{"body":"b","seenSeq":${number}}`,
      );
      expect({ status, code }).toEqual(
        number === "1e-400"
          ? { status: 409, code: "ticket_moved_on" }
          : { status: 400, code: "invalid_request" },
      );
    },
  );

  test.each(["1e400", "0", "101", "2.5", "١٠", "0x10", "", " ", "-1", "9".repeat(30)])(
    "limit=%s answers 400 or what it says, never a fault",
    async (limit) => {
      const res = await fetch(`${t.url}/v1/tickets?limit=${encodeURIComponent(limit)}`, { headers: auth });
      expect(res.status).toBe(limit === "0x10" ? 200 : 400);
    },
  );

  test("repeated, bracketed and broken query parameters are refused or ignored, never a fault", async () => {
    for (const query of [
      "phase=open&phase=done",
      "phase[]=open",
      "phase[$ne]=open",
      "%",
      "%zz=1",
      "label=%00",
      "label=%ff",
      "kind=';drop table tickets;--",
      "cursor=%00",
    ]) {
      const res = await fetch(`${t.url}/v1/tickets?${query}`, { headers: auth });
      expect([200, 400], query).toContain(res.status);
    }
  });

  test("a path that is no proper path names nothing", async () => {
    for (const path of [
      "/v1/tickets/%",
      "/v1/tickets/%ff",
      "/v1/tickets/%00",
      "/v1/tickets/..%2f..%2fetc%2fpasswd",
      "/v1//tickets",
      "/v1/tickets/",
      "//v1/tickets",
      `/v1/tickets/${"a".repeat(5_000)}`,
    ]) {
      const answer = await raw(
        `GET ${path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${adminKey}\r\nconnection: close\r\n\r\n`,
      );
      expect(answer, path).toMatch(/^HTTP\/1\.1 4(00|04|14)/u);
      expect(answer).toContain("application/problem+json");
    }
  });
});

test.each([
  ["text/plain", JSON.stringify(newTicket)],
  ["application/x-www-form-urlencoded", "subject=s&body=b"],
  ["application/xml", "<a/>"],
  ["application/json-patch+json", "[]"],
  ["multipart/form-data; boundary=x", "--x--\r\n"],
  ["application/octet-stream", "{}"],
  ["not a type", "{}"],
])("a ticket as %s is refused by its type", async (type, body) => {
  expect(await post("/v1/tickets", body, { ...auth, "content-type": type })).toMatchObject({
    status: 415,
    code: "unsupported_media_type",
  });
});

describe("idempotency keys", () => {
  const keyed = (path: string, body: object, key: string) =>
    post(path, JSON.stringify(body), { ...json, "idempotency-key": key });

  test("the same key with the same body answers the same, with another body or another address 422", async () => {
    const key = randomUUID();
    const first = await keyed("/v1/tickets", newTicket, key);
    expect(first.status).toBe(201);
    expect((await keyed("/v1/tickets", newTicket, key)).answer).toEqual(first.answer);
    expect(await keyed("/v1/tickets", { ...newTicket, body: "Другое" }, key)).toMatchObject({
      status: 422,
      code: "idempotency_mismatch",
    });
    expect(await keyed(`/v1/tickets/${first.answer.id}/messages`, { body: "b" }, key)).toMatchObject({
      status: 422,
    });
  });

  test("twenty calls at once with one key make one ticket, one message, one completion", async () => {
    const before = (await t.client.tickets.list({ query: { limit: 100 } })).data.length;
    const twenty = (path: string, body: object) => {
      const key = randomUUID();
      return Promise.all(Array.from({ length: 20 }, () => keyed(path, body, key)));
    };
    const tickets = await twenty("/v1/tickets", { ...newTicket, contact: { email: "twenty@example.com" } });
    expect(new Set(tickets.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(tickets.map(({ answer }) => JSON.stringify(answer))).size).toBe(1);
    expect((await t.client.tickets.list({ query: { limit: 100 } })).data.length).toBe(before + 1);
    const id = tickets[0]?.answer.id ?? "";
    const messages = await twenty(`/v1/tickets/${id}/messages`, { body: "Ответ" });
    expect(new Set(messages.map(({ answer }) => answer.id)).size).toBe(1);
    expect((await t.client.messages.list({ params: { id } })).data).toHaveLength(2);
    const completed = await twenty(`/v1/tickets/${id}/actions/complete`, {});
    expect(completed.map(({ status }) => status)).toEqual(Array(20).fill(200));
  });

  test("a ticket with files is made once, too", async () => {
    const key = randomUUID();
    const body = { ...newTicket, attachments: [await uploaded()] };
    const first = await keyed("/v1/tickets", body, key);
    expect(first.status, JSON.stringify(first.answer)).toBe(201);
    const again = await keyed("/v1/tickets", body, key);
    expect(again.answer, "the same answer").toEqual(first.answer);
    expect(await keyed("/v1/tickets", { ...body, subject: "Другое" }, key)).toMatchObject({
      status: 422,
      code: "idempotency_mismatch",
    });
  });

  test("a refused call uses up no key", async () => {
    const key = randomUUID();
    const { answer } = await open(newTicket);
    const path = `/v1/tickets/${answer.id}/actions/transfer`;
    expect((await keyed(path, { member: "mem_01h455vb4pex5vsknk084sn02q", note: "…" }, key)).status).toBe(
      422,
    );
    expect((await keyed("/v1/tickets", newTicket, key)).status).toBe(201);
  });

  test.each([
    ["", 201],
    ["x".repeat(255), 201],
    ["x".repeat(256), 400],
  ])("a key of %s", async (key, status) => {
    const used = key === "" ? randomUUID() : key;
    expect((await keyed("/v1/tickets", newTicket, used)).status).toBe(status);
  });
});

describe("texts that pretend", () => {
  const script = `<img src=x onerror=alert(1)><script>alert(1)</script>`;
  test("markup stays text; overrides, zero-width signs and controls are taken out of lines", async () => {
    const { answer } = await open({
      subject: `${script}\u202egnp.exe\u200b\u0007 \ufeffИтог`,
      body: `${script}\r\n\u202eabc`,
      contact: { name: `\u202e${script}\u2066` },
    });
    expect(answer.subject).toBe(`${script}gnp.exe Итог`);
    expect(answer.contact?.name).toBe(script);
    const { data } = await t.client.messages.list({ params: { id: answer.id } });
    expect((data[0] as Message).body).toContain(script);
    expect((data[0] as Message).body).not.toContain("\r");
  });

  test("a subject of invisible signs alone is no subject", async () => {
    expect(await open({ subject: "\u200b\u202e \ufeff", body: "b" })).toMatchObject({
      status: 400,
      code: "invalid_request",
    });
  });

  test("the same letters in two spellings are one text", async () => {
    const { answer } = await open({ subject: "и\u0306од", body: "b" });
    expect(answer.subject).toBe("йод");
  });
});

test("a message of ticket B is not found under the address of ticket A", async () => {
  const [a, b] = [(await open(newTicket)).answer.id, (await open(newTicket)).answer.id];
  const [message] = (await t.client.messages.list({ params: { id: b } })).data;
  const get = (id: string) => fetch(`${t.url}/v1/tickets/${id}/messages/${message?.id}`, { headers: auth });
  expect((await get(b)).status).toBe(200);
  expect((await get(a)).status).toBe(404);
});
