import { afterAll, beforeAll, expect, test } from "vitest";
import { statement } from "../../platform/database.ts";
import {
  codeOf,
  openBrowser,
  type Person,
  signUp,
  startTestApp,
  type TestApp,
  testPassword,
} from "../../testing/index.ts";
import { codeOfApp, enrolApp } from "../../testing/one-time-codes.ts";

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.close());

const person = () => signUp(t, { grants: { [t.project]: "operator" } });
const prove = ({ client }: Pick<Person, "client">, code: string) =>
  codeOf(client.stepUp.prove({ body: { code } }));
const wait = (seconds: number) => t.clock.advance(seconds * 1000);

test("an app is set up by password and a first code; only then it counts", async () => {
  const anna = await person();
  expect(await anna.client.stepUp.get()).toEqual({
    enrolledAt: null,
    recoveryCodesLeft: 0,
    provenUntil: null,
  });
  expect(await codeOf(anna.client.stepUp.begin({ body: { password: "not the password" } }))).toBe(
    "wrong_credentials",
  );
  const { secret, uri } = await anna.client.stepUp.begin({ body: { password: testPassword } });
  expect(uri).toBe(
    `otpauth://totp/Okno:${encodeURIComponent(anna.email)}?issuer=Okno&secret=${secret}&algorithm=SHA1&digits=6&period=30`,
  );
  // Begun anew, the first secret is worth nothing.
  const again = await anna.client.stepUp.begin({ body: { password: testPassword } });
  expect(again.secret).not.toBe(secret);
  expect(await prove(anna, codeOfApp(again.secret, t.clock))).toBe("not_found");
  expect(await codeOf(anna.client.stepUp.enrol({ body: { code: codeOfApp(secret, t.clock) } }))).toBe(
    "wrong_code",
  );
  const { recoveryCodes } = await anna.client.stepUp.enrol({
    body: { code: codeOfApp(again.secret, t.clock) },
  });
  expect(new Set(recoveryCodes).size).toBe(10);
  expect(await anna.client.stepUp.get()).toMatchObject({
    recoveryCodesLeft: 10,
    provenUntil: expect.any(String),
  });
  expect(await codeOf(anna.client.stepUp.begin({ body: { password: testPassword } }))).toBe("already_exists");
  expect(await codeOf(anna.client.stepUp.enrol({ body: { code: "000000" } }))).toBe("already_exists");
});

test("neither the secret nor a recovery code lies in the database or in the log", async () => {
  const anna = await person();
  const { secret, recoveryCodes } = await enrolApp(anna, t.clock);
  const dump = JSON.stringify(
    await t.db.background.query(
      statement(
        "test.step_up",
        "select t.*, encode(t.secret, 'escape') as words, r.digest from member_totp t join recovery_codes r using (member_id)",
      ),
    ),
  );
  for (const word of [secret, ...recoveryCodes, ...recoveryCodes.map((code) => code.replace("-", ""))]) {
    expect(dump).not.toContain(word);
    expect(t.logs.join("\n")).not.toContain(word);
  }
});

test("a code is taken once: not twice, not after a later one, not by twenty calls at the same moment", async () => {
  const anna = await person();
  const { secret } = await enrolApp(anna, t.clock);
  expect(await prove(anna, codeOfApp(secret, t.clock))).toBe("wrong_code");
  const late = codeOfApp(secret, t.clock, 1);
  wait(60);
  expect(await prove(anna, codeOfApp(secret, t.clock))).toBe("accepted");
  // Still within what a slow clock would be forgiven, and older than the last one.
  expect(await prove(anna, late)).toBe("wrong_code");
  wait(300);
  const code = codeOfApp(secret, t.clock);
  const answers = await Promise.all(Array.from({ length: 20 }, () => prove(anna, code)));
  expect(answers.filter((answer) => answer === "accepted")).toHaveLength(1);
});

test("a code counts for five minutes, in the session it was given in, and in no other", async () => {
  const anna = await person();
  const { secret } = await enrolApp(anna, t.clock);
  wait(301);
  expect((await anna.client.stepUp.get()).provenUntil).toBeNull();
  const other = openBrowser(t);
  await other.client.session.signIn({ body: { email: anna.email, password: testPassword } });
  const proven = await anna.client.stepUp.prove({ body: { code: codeOfApp(secret, t.clock) } });
  const left = Date.parse(proven.provenUntil ?? "") - t.clock.now().getTime();
  expect(left).toBeGreaterThan(290_000);
  expect(left).toBeLessThanOrEqual(300_000);
  expect((await other.client.stepUp.get()).provenUntil).toBeNull();
  wait(300);
  expect((await anna.client.stepUp.get()).provenUntil).toBeNull();
});

test("wrong codes are counted though each call is refused, make the next one wait, and a right one ends it", async () => {
  const anna = await person();
  const { secret } = await enrolApp(anna, t.clock);
  wait(60);
  const tries = await Promise.all(
    Array.from({ length: 12 }, (_, n) => prove(anna, String(n).padStart(6, "0"))),
  );
  expect(tries.filter((answer) => answer === "wrong_code")).toHaveLength(5);
  expect(tries.filter((answer) => answer === "rate_limited")).toHaveLength(7);
  // The right one waits as well, or the wait would tell right from wrong.
  expect(await prove(anna, codeOfApp(secret, t.clock))).toBe("rate_limited");
  wait(61);
  expect(await prove(anna, "000000")).toBe("wrong_code");
  expect(await prove(anna, codeOfApp(secret, t.clock))).toBe("rate_limited");
  wait(121);
  expect(await prove(anna, codeOfApp(secret, t.clock))).toBe("accepted");
  expect(await prove(anna, "000000")).toBe("wrong_code");
});

test("a recovery code is good once, in any spelling; new ones end the old", async () => {
  const anna = await person();
  const { secret, recoveryCodes } = await enrolApp(anna, t.clock);
  const [first = "", second = "", third = ""] = recoveryCodes;
  expect(await prove(anna, first.toLowerCase())).toBe("accepted");
  expect(await prove(anna, first)).toBe("wrong_code");
  expect(await prove(anna, second.replace("-", " "))).toBe("accepted");
  expect((await anna.client.stepUp.get()).recoveryCodesLeft).toBe(8);
  const fresh = await anna.client.stepUp.renew({ body: { code: codeOfApp(secret, t.clock, 1) } });
  expect((await anna.client.stepUp.get()).recoveryCodesLeft).toBe(10);
  expect(await prove(anna, third)).toBe("wrong_code");
  expect(await prove(anna, fresh.recoveryCodes[0] ?? "")).toBe("accepted");
});

test("the codes are removed by one of them, and set up again from the beginning", async () => {
  const anna = await person();
  const { recoveryCodes } = await enrolApp(anna, t.clock);
  expect(await codeOf(anna.client.stepUp.remove({ body: { code: "000000" } }))).toBe("wrong_code");
  await anna.client.stepUp.remove({ body: { code: recoveryCodes[0] ?? "" } });
  expect(await anna.client.stepUp.get()).toEqual({
    enrolledAt: null,
    recoveryCodesLeft: 0,
    provenUntil: null,
  });
  expect(await prove(anna, recoveryCodes[1] ?? "")).toBe("not_found");
  await enrolApp(anna, t.clock);
  const told = async () => {
    const { data } = await t.client.events.list({ query: { limit: "500" } });
    const hers = data.filter(({ type, actor }) => type.startsWith("step_up.") && actor.id === anna.member.id);
    return hers.map(({ type }) => type);
  };
  await expect.poll(told).toEqual(["step_up.enrolled", "step_up.removed", "step_up.enrolled"]);
});

test("what is no code is refused before anything is looked at, and a key has no codes", async () => {
  const anna = await person();
  await enrolApp(anna, t.clock);
  for (const code of ["", "12345", "１２３４５６", "12345678901", "0".repeat(10_000), "ABCDE-FGHI1"])
    expect(await prove(anna, code)).toBe("invalid_request");
  expect(await codeOf(t.client.stepUp.get())).toBe("forbidden");
});
