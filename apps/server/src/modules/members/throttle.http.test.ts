import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  codeOf,
  openBrowser,
  signUp,
  startTestApp,
  type TestApp,
  testPassword,
} from "../../testing/index.ts";
import { type Admitted, admitAttempt, forgetOldAttempts, forgiveAttempt } from "./attempts.ts";

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

const deps = () => ({ db: t.db, clock: t.clock, secret: "a secret for this test alone" });
const wrong = (email: string) =>
  codeOf(openBrowser(t).client.session.signIn({ body: { email, password: "not the password" } }));

test("guessing is slowed down, and the owner's known browser signs in meanwhile, from the same address", async () => {
  const anna = await signUp(t);
  for (let guess = 0; guess < 5; guess++) expect(await wrong(anna.email)).toBe("wrong_credentials");
  expect(await wrong(anna.email)).toBe("rate_limited");
  const body = { email: anna.email, password: testPassword };
  expect(await codeOf(openBrowser(t).client.session.signIn({ body }))).toBe("rate_limited");
  expect(await codeOf(anna.client.session.signIn({ body }))).toBe("accepted");
});

test("the wait is told, passes, and a right password ends it", async () => {
  const anna = await signUp(t);
  for (let guess = 0; guess < 5; guess++) await wrong(anna.email);
  const refused = await fetch(`${t.url}/v1/session`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email: anna.email, password: testPassword }),
  });
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
  t.clock.advance(3_000);
  const body = { email: anna.email, password: testPassword };
  expect(await codeOf(openBrowser(t).client.session.signIn({ body }))).toBe("accepted");
  expect(await wrong(anna.email)).toBe("wrong_credentials");
});

test("failures from a thousand addresses do not keep a right password from another address out", async () => {
  const email = "attacked@example.com";
  for (let guess = 0; guess < 30; guess++)
    await admitAttempt(deps(), { email, address: `198.51.100.${guess}`, device: undefined });
  // An address of the attack has had its one attempt; the owner's has not.
  const again = admitAttempt(deps(), { email, address: "198.51.100.7", device: undefined });
  expect(await codeOf(again)).toBe("rate_limited");
  const owner = { email, address: "203.0.113.5", device: undefined };
  await forgiveAttempt(deps(), await admitAttempt(deps(), owner));
  expect(await codeOf(admitAttempt(deps(), owner))).toBe("accepted");
});

test("a hundred guesses at the same moment count one another", async () => {
  const attempt = { email: "rush@example.com", address: "192.0.2.9", device: undefined };
  const outcomes = await Promise.all(
    Array.from({ length: 100 }, () => codeOf(admitAttempt(deps(), attempt))),
  );
  expect(outcomes.filter((outcome) => outcome === "accepted")).toHaveLength(5);
});

test("a known device has its own count, and is a stranger after too many failures", async () => {
  const attempt = { email: "known@example.com", address: "192.0.2.10", device: randomUUID() };
  const outcomes: string[] = [];
  for (let guess = 0; guess < 20; guess++) outcomes.push(await codeOf(admitAttempt(deps(), attempt)));
  expect(outcomes.filter((outcome) => outcome === "accepted")).toHaveLength(15);
  expect(outcomes.at(-1)).toBe("rate_limited");
});

test("a success takes back its own attempt alone from what others share", async () => {
  const address = "192.0.2.11";
  const admitted: Admitted[] = [];
  for (let each = 0; each < 50; each++)
    admitted.push(
      await admitAttempt(deps(), { email: `office${each}@example.com`, address, device: undefined }),
    );
  const next = { email: "office50@example.com", address, device: undefined };
  expect(await codeOf(admitAttempt(deps(), next))).toBe("rate_limited");
  for (const each of admitted.slice(0, 10)) await forgiveAttempt(deps(), each);
  expect(await codeOf(admitAttempt(deps(), next))).toBe("accepted");
  t.clock.advance(16 * 60_000);
  await forgetOldAttempts(deps());
  expect(await codeOf(admitAttempt(deps(), next))).toBe("accepted");
});
