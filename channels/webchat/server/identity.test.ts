import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { checkIdentity } from "./identity.ts";

type Vectors = {
  secret: string;
  now: string;
  vectors: { name: string; jwt: string; user?: object; why?: string }[];
};
const { secret, now, vectors } = JSON.parse(
  readFileSync(new URL("../fixtures/identity-vectors.json", import.meta.url), "utf8"),
) as Vectors;
const at = new Date(now);

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** As the README tells sites to do it: nothing of ours. */
function sign(payload: object, key = secret, header: object = { alg: "HS256", typ: "JWT" }): string {
  const text = `${part(header)}.${part(payload)}`;
  return `${text}.${createHmac("sha256", key).update(text).digest("base64url")}`;
}
const inAnHour = Math.floor(at.getTime() / 1000) + 3600;

test.each(vectors)("test vector: $name", async ({ jwt, user, why }) => {
  expect(await checkIdentity(jwt, [secret], at)).toEqual(user ? { ok: true, user } : { ok: false, why });
});

test("the test vectors are what Node signs by the README", () => {
  const [first] = vectors;
  expect(
    sign({
      sub: "4217",
      name: "Иван Петров",
      email: "ivan@shop.example",
      phone: "+79161234567",
      exp: inAnHour,
    }),
  ).toBe(first?.jwt);
});

test("while a secret is replaced, both are good; a removed one is not", async () => {
  const jwt = sign({ sub: "1", exp: inAnHour }, "old");
  expect(await checkIdentity(jwt, ["new", "old"], at)).toMatchObject({ ok: true });
  expect(await checkIdentity(jwt, ["new"], at)).toEqual({ ok: false, why: "signature" });
  expect(await checkIdentity(jwt, [], at)).toEqual({ ok: false, why: "no_secret" });
});

test("the site's clock may be a minute off, and no more", async () => {
  const seconds = Math.floor(at.getTime() / 1000);
  const check = (payload: object) => checkIdentity(sign({ sub: "1", ...payload }), [secret], at);
  expect(await check({ exp: seconds - 59 })).toMatchObject({ ok: true });
  expect(await check({ exp: seconds - 61 })).toEqual({ ok: false, why: "expired" });
  expect(await check({ exp: inAnHour, nbf: seconds + 59 })).toMatchObject({ ok: true });
  expect(await check({ exp: inAnHour, nbf: seconds + 61 })).toEqual({ ok: false, why: "not_yet" });
});

test("no other algorithm, no missing or endless expiry, no empty or monstrous user", async () => {
  const check = (jwt: string) => checkIdentity(jwt, [secret], at);
  expect(await check(`${part({ alg: "none" })}.${part({ sub: "1", exp: inAnHour })}.`)).toMatchObject({
    ok: false,
  });
  expect(await check(sign({ sub: "1", exp: inAnHour }, secret, { alg: "HS512" }))).toMatchObject({
    ok: false,
  });
  expect(await check(sign({ sub: "1" }))).toEqual({ ok: false, why: "malformed" });
  expect(await check(sign({ sub: "1", exp: inAnHour + 8 * 86_400 }))).toEqual({
    ok: false,
    why: "too_long_valid",
  });
  for (const sub of ["", "x".repeat(201), "a\nb"])
    expect(await check(sign({ sub, exp: inAnHour })), sub).toMatchObject({ ok: false });
  for (const words of ["", ".", "a.b.c", "не токен", "e30.e30.e30"])
    expect(await check(words), words).toMatchObject({ ok: false });
});

test("what is no address is left out rather than believed", async () => {
  const jwt = sign({ sub: "1", exp: inAnHour, name: "  ", email: "nobody", phone: "12", role: "admin" });
  expect(await checkIdentity(jwt, [secret], at)).toEqual({ ok: true, user: { id: "1" } });
});
