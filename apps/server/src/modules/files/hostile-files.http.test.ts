import { randomUUID } from "node:crypto";
import { Agent, type IncomingMessage, request } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { adminKey, startTestApp, type TestApp } from "../../testing/index.ts";

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

const auth = { authorization: `Bearer ${adminKey}` };

async function upload(
  name: string,
  content: BlobPart,
  type = "application/octet-stream",
): Promise<{ id: string; name: string; url: string; type: string; inline: boolean }> {
  const form = new FormData();
  form.set("file", new Blob([content], { type }), name);
  const res = await fetch(`${t.url}/v1/attachments`, { method: "POST", headers: auth, body: form });
  expect(res.status).toBe(201);
  return (await res.json()) as Awaited<ReturnType<typeof upload>>;
}

describe("files", () => {
  const hostile: [string, string][] = [
    ['a"; filename="b.html', ""],
    ["счёт\r\nset-cookie: a=b.pdf", ""],
    ["../../etc/passwd", "passwd"],
    ["C:\\windows\\system32\\cmd.exe", "cmd.exe"],
    ["photo\u202egnp.exe", "photognp.exe"],
    ["<script>alert(1)</script>.txt", ""],
    ["....", "file"],
    [`${"д".repeat(400)}.pdf`, ""],
  ];
  test.each(hostile)("the name %j cannot leave its header", async (name, kept) => {
    const file = await upload(name, randomUUID());
    if (kept) expect(file.name).toBe(kept);
    expect(file.name.length).toBeLessThanOrEqual(200);
    const res = await fetch(`${t.url}${file.url}`, { headers: auth });
    expect(res.status).toBe(200);
    expect(res.headers.get("set-cookie")).toBeNull();
    expect(res.headers.get("content-disposition")).toMatch(
      /^attachment; filename="file"; filename\*=UTF-8''[\w.~!$&+%-]*$/u,
    );
  });

  const svg = `<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`;
  test.each([
    ["x.svg", svg],
    ["x.png", svg],
    ["x.svg", `<?xml version="1.0"?>\n<!-- a -->${svg}`],
    ["x.html", "<!doctype html><script>alert(1)</script>"],
    ["x.txt", "  <ScRiPt>alert(1)</ScRiPt>"],
    ["x.pdf", "%PDF-1.7\n<script>alert(1)</script>"],
  ])("%s with script inside is handed over so that no browser runs it", async (name, content) => {
    const file = await upload(name, content, "image/png");
    expect(file.inline).toBe(false);
    const res = await fetch(`${t.url}${file.url}`, { headers: auth });
    expect(Object.fromEntries(res.headers)).toMatchObject({
      "content-type": "application/octet-stream",
      "content-security-policy": "default-src 'none'; sandbox",
      "x-content-type-options": "nosniff",
    });
    expect(res.headers.get("content-disposition")).toMatch(/^attachment;/u);
    expect(await res.text()).toBe(content);
  });

  test("a hundred megabytes are refused with 413, and are not held in memory", async () => {
    let most = 0;
    const used = () => process.memoryUsage().arrayBuffers + process.memoryUsage().heapUsed;
    const before = used();
    const { status, code } = await send(100 * 1024 * 1024, () => {
      most = Math.max(most, used() - before);
    });
    expect({ status, code }).toEqual({ status: 413, code: "payload_too_large" });
    expect(most).toBeLessThan(96 * 1024 * 1024);
    expect((await send(10)).status).toBe(201);
  });

  test("a file of exactly the limit is taken, one byte more is not, and nothing of it is left", async () => {
    const limit = 25 * 1024 * 1024;
    expect((await send(limit)).status).toBe(201);
    expect((await send(limit + 1)).status).toBe(413);
  });
});

async function readAll(res: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of res) text += String(chunk);
  return text;
}

/** Uploads this many bytes piece by piece, as they would come from a network. */
async function send(
  sizeBytes: number,
  each: () => void = () => undefined,
): Promise<{ status: number; code: string | undefined }> {
  const chunk = Buffer.alloc(64 * 1024, "x");
  function* body() {
    yield Buffer.from('--x\r\ncontent-disposition: form-data; name="file"; filename="big.bin"\r\n\r\n');
    for (let left = sizeBytes; left > 0; left -= chunk.length) {
      each();
      yield left >= chunk.length ? chunk : chunk.subarray(0, left);
    }
    yield Buffer.from("\r\n--x--\r\n");
  }
  const req = request(`${t.url}/v1/attachments`, {
    method: "POST",
    headers: { ...auth, "content-type": "multipart/form-data; boundary=x" },
  });
  const answered = new Promise<IncomingMessage>((resolve, reject) =>
    req.once("response", resolve).once("error", reject),
  );
  // The server may hang up before it has heard everything: what counts is what it answered.
  const sending = pipeline(Readable.from(body(), { objectMode: false, highWaterMark: 1 }), req).catch(
    () => undefined,
  );
  const res = await answered;
  const text = await readAll(res);
  req.destroy();
  await sending;
  return { status: res.statusCode ?? 0, code: (JSON.parse(text) as { code?: string }).code };
}

test("after a file that was refused halfway the same connection serves the next call", async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const boundary = "okno";
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="big.bin"\r\n\r\n`;
  const body = Buffer.concat([
    Buffer.from(head),
    Buffer.alloc(30 * 1024 * 1024),
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
  const call = (method: string, path: string, type?: string, content?: Buffer) =>
    new Promise<number>((resolve, reject) => {
      const headers = {
        authorization: `Bearer ${adminKey}`,
        ...(type && { "content-type": type, "content-length": content?.length }),
      };
      const req = request(new URL(path, t.url), { method, agent, headers }, (res) => {
        res.resume().once("end", () => resolve(res.statusCode ?? 0));
      });
      req.once("error", reject).end(content);
    });
  expect(await call("POST", "/v1/attachments", `multipart/form-data; boundary=${boundary}`, body)).toBe(413);
  expect(await call("GET", "/v1/tickets")).toBe(200);
  agent.destroy();
});
