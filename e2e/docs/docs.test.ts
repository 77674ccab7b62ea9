import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient, type OknoClient } from "@okno/sdk";
import { launchChromium } from "@okno/testkit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sandboxOutcomes } from "../../kinds/payout/server/processing/sandbox-outcomes.ts";
import { createSampleRunner, type SampleLanguage, sampleLanguages, type Variables } from "../lib/samples.ts";
import { adminKey, type ServerProcess, startServer } from "../lib/server-process.ts";

// One demo, as a stranger meets it: its public pages, and every sample of its guides, run with the variables that the guides show.

let dataDir: string;
let server: ServerProcess;
let client: OknoClient;
/** What the guide tells its reader to set. */
let shown: Variables = {};
const { run, answerOf, startReceiver, startCatcher, close } = createSampleRunner(() => ({
  ...shown,
  OKNO_ADMIN_KEY: adminKey,
}));

const read = async (path: string, headers: Record<string, string> = {}) => {
  const answer = await fetch(server.url + path, { headers });
  return { status: answer.status, type: answer.headers.get("content-type") ?? "", text: await answer.text() };
};

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "okno-docs-"));
  server = await startServer({ dataDir, demo: true, env: { OKNO_OUTGOING_ALLOW: "127.0.0.1" } });
  client = createClient({ baseUrl: server.url, key: adminKey });
  const { text } = await read("/docs/en/first-steps");
  const lines = [...text.matchAll(/export (OKNO_\w+)=&#39;(.*?)&#39;/gu)];
  shown = Object.fromEntries(lines.map(([, name = "", value = ""]) => [name, value]));
}, 180_000);

afterAll(async () => {
  await close();
  await server?.stop();
  await rm(dataDir, { recursive: true, force: true });
});

async function untilPaid(language: SampleLanguage, payoff: string): Promise<void> {
  await expect
    .poll(async () => (await answerOf(`compat-info.${language}`, { OKNO_PAYOFF: payoff })).state, {
      timeout: 20_000,
    })
    .toBe("payed");
}

/** Tells of a payout, and is told of it: by the receiver of the guide, or by a check of what was caught. */
async function payAndHear(
  language: SampleLanguage,
  more: Variables,
  hear: (payoff: string) => Promise<void>,
): Promise<void> {
  const made = await answerOf(`compat-create.${language}`, more);
  expect(made).toMatchObject({
    error: false,
    method: "SBP",
    amount: 1000,
    commission: 75,
    deduction_amount: 1075,
  });
  const payoff = String(made.id);
  const submitted = await answerOf(`compat-submit.${language}`, { OKNO_PAYOFF: payoff });
  expect(submitted).toMatchObject({ error: false, id: payoff, wallet: "+79000000000", extra: "order 4021" });
  await untilPaid(language, payoff);
  await hear(payoff);
}

async function hearByReceiver(language: SampleLanguage): Promise<void> {
  const receiver = await startReceiver(`compat-callback.${language}`);
  await payAndHear(language, { OKNO_CALLBACK_URL: receiver.url }, async (payoff) => {
    await expect.poll(receiver.heard, { timeout: 20_000 }).toContain(`${payoff} payed`);
    const forged = { signature: "0".repeat(40), id: payoff, state: "payed" };
    expect((await fetch(receiver.url, { method: "POST", body: JSON.stringify(forged) })).status).toBe(401);
  });
  await receiver.stop();
}

async function hearByHand(): Promise<void> {
  const { url, caught } = await startCatcher();
  await payAndHear("sh", { OKNO_CALLBACK_URL: url }, async (payoff) => {
    await expect.poll(() => caught.length, { timeout: 20_000 }).toBeGreaterThan(0);
    const { body = "" } = caught[0] ?? {};
    expect(JSON.parse(await run("compat-callback.sh", {}, body))).toMatchObject({
      id: payoff,
      state: "payed",
    });
    await expect(run("compat-callback.sh", {}, body.replace(payoff, `${payoff}x`))).rejects.toThrow(
      "not genuine",
    );
  });
}

type Added = { secret: string; webhook: { id: string } };

async function hearWebhook(language: SampleLanguage): Promise<void> {
  const catcher = await startCatcher();
  const added = (await answerOf("webhook-add.sh", { OKNO_WEBHOOK_URL: catcher.url })) as Added;
  const secret = { OKNO_WEBHOOK_SECRET: added.secret };
  await client.webhooks.test({ params: { id: added.webhook.id } });
  const [caught] = catcher.caught;
  const headers = Object.fromEntries(
    ["webhook-id", "webhook-timestamp", "webhook-signature"].map((name) => [
      name,
      String(caught?.headers[name]),
    ]),
  );
  const body = caught?.body ?? "";
  if (language === "sh") {
    const variables = Object.entries(headers).map(([name, value]) => [
      name.toUpperCase().replace("-", "_"),
      value,
    ]);
    const given = { ...secret, ...(Object.fromEntries(variables) as Variables) };
    expect(await run("webhook-verify.sh", given, body)).toBe("genuine\n");
    await expect(run("webhook-verify.sh", given, `${body} `)).rejects.toThrow("not genuine");
  } else {
    const receiver = await startReceiver(`webhook-verify.${language}`, secret);
    const send = (changed: string) => fetch(receiver.url, { method: "POST", headers, body: changed });
    expect((await send(`${body} `)).status).toBe(401);
    expect(receiver.heard()).not.toContain("webhook.test");
    expect((await send(body)).status).toBe(204);
    await expect.poll(receiver.heard, { timeout: 30_000 }).toContain(`${headers["webhook-id"]} webhook.test`);
    await receiver.stop();
  }
  await client.webhooks.remove({ params: { id: added.webhook.id } });
}

async function signedPayout(language: SampleLanguage): Promise<Record<string, unknown>> {
  const scopes = ["payouts:read", "payouts:create"] as const;
  const { key, secret } = await client.keys.create({
    body: { name: `signs ${language}`, scopes: [...scopes] },
  });
  const { secret: signing } = await answerOf("key-sign.sh", { OKNO_KEY_ID: key.id });
  return answerOf(`payout-signed.${language}`, { OKNO_KEY: secret, OKNO_SIGNING_SECRET: String(signing) });
}

test("[PO-14] the guide of the demo shows credentials that work at once; a desk of one's own is added and funded", async () => {
  expect(Object.keys(shown)).toEqual([
    "OKNO_URL",
    "OKNO_LOGIN",
    "OKNO_SECRET",
    "OKNO_SALT",
    "OKNO_DESK",
    "OKNO_KEY",
  ]);
  const { balances } = await answerOf("compat-balance.sh");
  expect(balances).toHaveProperty("SBP.currency", "RUB");
  const own = await answerOf("desk-add.sh");
  expect(own).toMatchObject({ name: "Trial", mode: "sandbox" });
  const balance = await answerOf("desk-fund.sh", { OKNO_DESK: String(own.id) });
  expect(balance).toMatchObject({ method: "SBP", available: "100000" });
});

describe.each(sampleLanguages)("the samples in $language", ({ language, installed }) => {
  test.runIf(installed)(
    `[PO-14] compatible, ${language}: balance, create, submit, info, cancel, call-back`,
    async () => {
      expect((await answerOf(`compat-balance.${language}`)).balances).toHaveProperty("SBP");
      await (language === "sh" ? hearByHand() : hearByReceiver(language));
      const other = await answerOf(`compat-create.${language}`);
      const given = { OKNO_PAYOFF: String(other.id) };
      expect(await answerOf(`compat-cancel.${language}`, given)).toMatchObject({ state: "canceled" });
    },
    90_000,
  );

  test.runIf(installed)(
    `[PO-14] native, ${language}: quote to confirmation, a signed call, a refusal`,
    async () => {
      const confirmed = await answerOf(`payout.${language}`);
      expect(confirmed).toMatchObject({ status: "processing", receive: "1000", deduction: "1075" });
      expect(await signedPayout(language)).toMatchObject({ status: "created", receive: "1000" });
      const refused = await run(`errors.${language}`);
      for (const part of ["invalid_request", "/amount", "/subtractFrom"]) expect(refused).toContain(part);
    },
    90_000,
  );

  test.runIf(installed)(
    `[PO-14] ${language}: a confirmation is asked for; a webhook is verified, a forged one is not`,
    async () => {
      const asked = await answerOf(`confirmation.${language}`);
      expect(asked).toHaveProperty("confirmation.status", "pending");
      expect((await fetch(String(asked.url))).status).toBe(200);
      await hearWebhook(language);
    },
    90_000,
  );
});

test("the guides tell of every outcome that the sandbox can be told", async () => {
  for (const language of ["ru", "en"]) {
    const { text } = await read(`/docs/${language}/first-steps`);
    for (const { word, number } of sandboxOutcomes)
      expect(text).toContain(`<tr><td><code>${word}</code></td><td>${number}</td>`);
  }
});

const inside = / (?:href|src|action)="(\/[^"#]*)/gu;

test("[PO-18] no public page holds raw escapes where letters should be", async () => {
  const { confirmation, url } = (await answerOf("confirmation.mjs")) as { confirmation: object; url: string };
  expect(confirmation).toHaveProperty("status", "pending");
  const begin = [
    "/",
    "/docs",
    "/help",
    "/sign-in",
    "/welcome",
    "/inbox/mine",
    "/demo/shop",
    new URL(url).pathname,
  ];
  const seen = new Set<string>(begin);
  const read200: string[] = [];
  for (const path of seen) {
    const { status, type, text } = await read(path, { "accept-language": "ru" });
    if (!/html|json/u.test(type)) continue;
    expect(`${path} ${status}`).toMatch(/ (?:200|401)$/u);
    expect(text, path).not.toMatch(/u04[0-9a-f]{2}|nttt/iu);
    read200.push(path);
    if (type.includes("html"))
      for (const [, found = ""] of text.matchAll(inside)) seen.add(found.replaceAll("&amp;", "&"));
  }
  for (const path of [
    "/docs/ru/compat",
    "/docs/en/errors",
    "/docs/reference?lang=ru",
    "/help/ru",
    "/openapi.json",
  ])
    expect(read200).toContain(path);
});

test("[PO-18] a stranger who calls a page of the console is answered 401 with the ways in, and led to the sign-in", async () => {
  const { status, text } = await read("/inbox/mine?topic=1", { "accept-language": "ru" });
  expect(status).toBe(401);
  expect(text).toContain("Вы не вошли.");
  expect(text).toContain('<a href="/sign-in?next=%2Finbox%2Fmine%3Ftopic%3D1">Войти</a>');
  expect(text).toContain('<a href="/docs/ru/access">Как получить доступ</a>');
  const browser = await launchChromium();
  try {
    const page = await (await browser.newContext({ locale: "ru-RU" })).newPage();
    expect((await page.goto(`${server.url}/docs/ru/compat`))?.status()).toBe(200);
    await page.getByRole("link", { name: "войдите" }).click();
    await page.getByRole("link", { name: "Нет учётной записи? Как получить доступ" }).waitFor();
    await page.locator('input[type="email"]').fill("anna@okno.example");
    await page.locator('input[type="password"]').fill("okno-demo-2026");
    await page.keyboard.press("Enter");
    // Back to the guide, which now knows its reader.
    await page.waitForURL(`${server.url}/docs/ru/compat`);
    expect(await page.locator("main").textContent()).not.toContain("Вы не вошли");
    await page.getByRole("link", { name: "Открыть окно" }).click();
    await page.waitForURL(/\/inbox\//u);
    expect((await page.goto(`${server.url}/inbox/mine`))?.status()).toBe(200);
  } finally {
    await browser.close();
  }
}, 180_000);

test("credentials that no longer hold are shown to nobody", async () => {
  const rotated = await fetch(`${server.url}/v1/payout-desks/${shown.OKNO_DESK}/rotate-secret`, {
    method: "POST",
    headers: { authorization: `Bearer ${adminKey}` },
  });
  expect(rotated.status).toBe(201);
  const secret = async () =>
    /OKNO_SECRET=&#39;(.*?)&#39;/u.exec((await read("/docs/en/first-steps")).text)?.[1];
  await expect.poll(secret, { timeout: 30_000, interval: 500 }).toBe("Secret 1 of the desk");
});
