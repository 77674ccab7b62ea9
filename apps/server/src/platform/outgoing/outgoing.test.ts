import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { OutgoingFailed, OutgoingRefused } from "@okno/kit";
import { afterEach, describe, expect, test } from "vitest";
import { isPublicAddress, readAllowList } from "./addresses.ts";
import { createOutgoing, type Outgoing } from "./client.ts";
import { outgoingProblem } from "./problem.ts";

const nothing = readAllowList([]).list;
const open: (Server | Outgoing)[] = [];
afterEach(() => {
  for (const each of open.splice(0)) each.close();
});

async function serve(listener: RequestListener): Promise<number> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  open.push(server);
  await new Promise((resolve) => server.once("listening", resolve));
  return (server.address() as AddressInfo).port;
}

function client(allow: readonly string[] = [], resolve?: (host: string) => Promise<string[]>): Outgoing {
  const made = createOutgoing({
    allow: readAllowList(allow).list,
    userAgent: "Okno",
    ...(resolve && { resolve }),
  });
  open.push(made);
  return made;
}

const refusal = async (call: Promise<unknown>) => {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return error instanceof OutgoingRefused || error instanceof OutgoingFailed ? error.why : error;
};

describe("[PO-10] which addresses are called", () => {
  test("only those of the open Internet, whatever they are wrapped in", () => {
    const inside = [
      "127.0.0.1",
      "127.8.8.8",
      "0.0.0.0",
      "10.0.0.1",
      "172.16.0.1",
      "172.31.255.255",
      "192.168.1.1",
      "169.254.169.254",
      "100.64.0.1",
      "192.0.0.8",
      "192.0.2.1",
      "198.18.0.1",
      "198.51.100.7",
      "203.0.113.9",
      "224.0.0.1",
      "240.0.0.1",
      "255.255.255.255",
      "::",
      "::1",
      "::ffff:127.0.0.1",
      "::ffff:10.0.0.1",
      "::127.0.0.1",
      "64:ff9b::7f00:1",
      "2002:7f00:1::",
      "2001::1",
      "fe80::1",
      "fec0::1",
      "fc00::1",
      "fd00:ec2::254",
      "ff02::1",
      "2001:db8::1",
      "100::1",
      "64:ff9b:1::1",
      "not an address",
      "",
    ];
    expect(inside.filter(isPublicAddress)).toEqual([]);
    const outside = [
      "8.8.8.8",
      "93.184.216.34",
      "172.32.0.1",
      "::ffff:8.8.8.8",
      "2606:4700::1111",
      "2a00:1450:4001::1",
    ];
    expect(outside.filter((address) => !isPublicAddress(address))).toEqual([]);
  });

  test.each([
    ["ftp://example.com/", "bad_url"],
    ["javascript:alert(1)", "bad_url"],
    ["//example.com", "bad_url"],
    ["https://user:pass@example.com/", "bad_url"],
    ["https://example.com:5432/", "port"],
    ["https://example.com:25/", "port"],
    ["http://127.0.0.1/", "private_address"],
    ["http://2130706433/", "private_address"],
    ["http://0x7f.1/", "private_address"],
    ["http://017700000001/", "private_address"],
    ["http://[::1]:8080/", "private_address"],
    ["http://[::ffff:a9fe:a9fe]/latest/meta-data", "private_address"],
    ["http://169.254.169.254./", "private_address"],
    ["https://example.com:8443/hook?x=1", undefined],
    ["https://пример.рф/", undefined],
    ["http://8.8.8.8/", undefined],
  ])("%s: %s", (url, expected) => {
    expect(outgoingProblem(nothing, url)).toBe(expected);
  });

  test("names that lead inside are refused when they are looked up", async () => {
    const port = await serve((_req, res) => res.end("inside"));
    const leading = (...addresses: string[]) => client([], async () => addresses);
    const url = `http://rebound.example:${port}/`;
    for (const address of ["127.0.0.1", "::ffff:127.0.0.1", "169.254.169.254", "10.1.2.3", "::1"])
      expect(await refusal(leading(address).call(url, { method: "GET" })), address).toBe("private_address");
  });

  test("a name that answers public first and private next is never followed inside", async () => {
    const port = await serve((_req, res) => res.end("inside"));
    const answers = [["203.0.114.1"], ["127.0.0.1"]];
    const asked: string[] = [];
    const rebinding = client([], async (host) => {
      asked.push(host);
      return answers[Math.min(asked.length - 1, 1)] ?? [];
    });
    const url = `http://rebound.example:${port}/`;
    // The first address is connected to as it was decided on: one that does not answer, so nothing comes of it.
    expect(await refusal(rebinding.call(url, { method: "GET", timeoutMs: 200 }))).toMatch(/timeout|connect/u);
    expect(await refusal(rebinding.call(url, { method: "GET" }))).toBe("private_address");
    expect(asked.length).toBe(2);
  });

  test("a redirect is an answer: nobody is led anywhere by it", async () => {
    let inside = 0;
    const target = await serve((_req, res) => {
      inside += 1;
      res.end();
    });
    for (const status of [301, 302, 303, 307, 308]) {
      const port = await serve((_req, res) => {
        res.writeHead(status, { location: `http://127.0.0.1:${target}/` }).end();
      });
      const answer = await client(["127.0.0.1"]).call(`http://127.0.0.1:${port}/`, {
        method: "POST",
        body: "{}",
      });
      expect(answer.status).toBe(status);
    }
    expect(inside).toBe(0);
  });

  test("the administrator's list lets through hosts, addresses and networks, and nothing beside them", async () => {
    const port = await serve((_req, res) => res.end("ok"));
    const url = (host: string) => `http://${host}:${port}/`;
    const get = { method: "GET" } as const;
    expect((await client(["127.0.0.1"]).call(url("127.0.0.1"), get)).body).toBe("ok");
    expect((await client(["127.0.0.0/8"]).call(url("127.0.0.1"), get)).body).toBe("ok");
    expect((await client(["LOCALHOST"]).call(url("localhost"), get)).body).toBe("ok");
    const named = client(["hooks.internal"], async () => ["127.0.0.1"]);
    expect((await named.call(url("hooks.internal"), get)).body).toBe("ok");
    expect(await refusal(named.call(url("other.internal"), get))).toBe("private_address");
    expect(await refusal(client(["10.0.0.0/8"]).call(url("127.0.0.1"), get))).toBe("private_address");
    expect(readAllowList(["10.0.0.0/8", "::1", "a.example", "10.1.2", "no good", "http://x"]).wrong).toEqual([
      "10.1.2",
      "no good",
      "http://x",
    ]);
  });
});

describe("what comes of a call", () => {
  const local = () => client(["127.0.0.1"]);

  test("the body goes out byte for byte, the answer comes back", async () => {
    const port = await serve((req, res) => {
      const chunks: Buffer[] = [];
      req.on("data", (chunk: Buffer) => chunks.push(chunk));
      req.on("end", () => {
        res.writeHead(201, { "x-seen": String(req.headers["x-id"]) }).end(Buffer.concat(chunks));
      });
    });
    const body = '{"n":1.0,"s":"Привет 😀"}';
    const answer = await local().call(`http://127.0.0.1:${port}/`, {
      method: "POST",
      body,
      headers: { "x-id": "7" },
    });
    expect(answer).toMatchObject({ status: 201, body, headers: { "x-seen": "7" } });
  });

  test("time is bounded over the whole call, also for a body that drips", async () => {
    const port = await serve((_req, res) => {
      res.writeHead(200);
      const drip = setInterval(() => res.write("."), 20);
      res.on("close", () => clearInterval(drip));
    });
    const started = Date.now();
    const why = refusal(local().call(`http://127.0.0.1:${port}/`, { method: "GET", timeoutMs: 300 }));
    expect(await why).toBe("timeout");
    expect(Date.now() - started).toBeLessThan(3_000);
  });

  test("a body without end is cut off, or refused where the caller says so", async () => {
    const port = await serve((_req, res) => {
      const pour = () => {
        while (res.write("x".repeat(65_536)));
        res.once("drain", pour);
      };
      pour();
    });
    const url = `http://127.0.0.1:${port}/`;
    expect((await local().call(url, { method: "GET", maxBytes: 1_000 })).body).toHaveLength(1_000);
    const strict = local().call(url, { method: "GET", maxBytes: 1_000, whenLonger: "fail" });
    expect(await refusal(strict)).toBe("too_long");
  });

  test("failures are told apart, and whether anything was sent", async () => {
    const port = await serve((req) => req.socket.destroy());
    const failed = async (call: Promise<unknown>) =>
      call.catch((error: OutgoingFailed) => [error.why, error.sent]);
    expect(await failed(local().call(`http://127.0.0.1:${port}/`, { method: "GET" }))).toEqual([
      "protocol",
      true,
    ]);
    expect(await failed(local().call("http://127.0.0.1:1/", { method: "GET" }))).toEqual(["connect", false]);
    expect(await failed(local().call(`https://127.0.0.1:${port}/`, { method: "GET" }))).toEqual([
      expect.stringMatching(/tls|protocol/u),
      false,
    ]);
    const nameless = client([], async () => Promise.reject(new Error("no")));
    expect(await failed(nameless.call("http://nowhere.example/", { method: "GET" }))).toEqual(["dns", false]);
  });

  test("a kept connection that the other side has closed costs a repeatable call nothing", async () => {
    let calls = 0;
    const port = await serve((req, res) => {
      calls += 1;
      res.end("ok", () => setImmediate(() => req.socket.destroy()));
    });
    const http = local();
    const url = `http://127.0.0.1:${port}/`;
    for (let n = 0; n < 20; n++)
      expect((await http.callAgain(url, { method: "POST", body: "{}" })).status).toBe(200);
    expect(calls).toBeGreaterThanOrEqual(20);
  });
});
