import type { Page } from "playwright-core";
import type { Stage } from "./stage.ts";

/** One screen of the product, or an important state of one. */
export type Screen = {
  /** Also the beginning of its picture's file name. */
  name: string;
  who: "owner" | "operator" | "newcomer" | "nobody";
  address: (stage: Stage) => string;
  /** What to do there; by keys alone, so that it works in every language and at every width. */
  before?: (page: Page, stage: Stage) => Promise<void>;
  /** Puts back what `before` has left behind for good. */
  after?: (page: Page) => Promise<void>;
  /** Which pictures of it stand in `docs/screens`. */
  pictures: "none" | "desk" | "phone" | "both";
  /** Stands in the demo alone. */
  demo?: true;
  /** Looked at in four looks instead of two. */
  often?: true;
};

const dialog = (page: Page) => page.getByRole("dialog").first().waitFor();
const rows = (page: Page) => page.getByTestId("ticket-row").first().waitFor();
const opened = (page: Page) => page.getByTestId("message").first().waitFor();

async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

const inHand = (stage: Stage) => `/inbox/mine/${stage.ticket}`;
const list = () => "/inbox/unassigned";

async function writeNote(page: Page): Promise<void> {
  await opened(page);
  await press(page, "KeyN");
  await page.locator("textarea:focus").waitFor();
  await press(page, "Control+KeyA");
  await page.keyboard.type("@");
  await page.getByRole("option").first().waitFor();
}

/** A draft is kept by the server: the next screen would show it. */
async function clearDraft(page: Page): Promise<void> {
  await page.locator("textarea:focus").waitFor();
  await press(page, "Control+KeyA", "Delete");
  await page
    .waitForResponse((answer) => answer.url().includes("/draft"), { timeout: 5_000 })
    .catch(() => undefined);
}

async function writeReply(page: Page, { words }: Stage): Promise<void> {
  await opened(page);
  await press(page, "KeyR");
  await page.locator("textarea:focus").waitFor();
  await press(page, "Control+KeyA");
  await page.keyboard.insertText(words.begun);
}

async function findInPalette(page: Page, { words }: Stage): Promise<void> {
  await rows(page);
  await press(page, "Control+KeyK");
  await dialog(page);
  await page.keyboard.insertText(words.found);
  await page.getByRole("option").nth(2).waitFor();
}

async function selectThree(page: Page): Promise<void> {
  await rows(page);
  await press(page, "KeyX", "Shift+ArrowDown", "Shift+ArrowDown");
  await page.getByRole("checkbox", { checked: true }).nth(2).waitFor();
}

async function noteCall(page: Page, { words }: Stage): Promise<void> {
  await rows(page);
  await press(page, "KeyQ");
  await dialog(page);
  await page.keyboard.insertText("+7 921 555-01-07");
  await press(page, "Tab");
  await page.keyboard.insertText(words.call);
}

function afterKeys(wait: (page: Page) => Promise<void>, ...keys: string[]): (page: Page) => Promise<void> {
  return async (page) => {
    await wait(page);
    await press(page, ...keys);
    await dialog(page);
  };
}

async function talk(page: Page): Promise<void> {
  await page.locator("okno-chat button").click();
  await page.frameLocator("okno-chat iframe").locator("textarea").waitFor();
}

const settingsPages = [
  "profile",
  "notifications",
  "sessions",
  "members",
  "teams",
  "projects",
  "topics",
  "labels",
  "contact-fields",
  "channels",
  "keys",
  "webhooks",
] as const;

const settings = settingsPages.map(
  (page): Screen => ({
    name: `settings-${page}`,
    who: "owner",
    address: () => `/settings/${page}`,
    pictures: "desk",
  }),
);

async function openWebhook(page: Page): Promise<void> {
  await page.locator('main a[href^="/settings/webhooks/"]').first().click();
  await page.getByRole("switch").waitFor();
}

const payout = (page: Page) => page.getByTestId("payout").waitFor();
const funds = (page: Page) => page.getByRole("table").nth(1).waitFor();
const payoutTabs = ["methods", "statement", "rules", "settings"] as const;
const ofDesk = (name: string, rest: Partial<Screen> = {}): Screen => ({
  name,
  who: "owner",
  address: ({ desk }) => `/payouts/${desk}`,
  pictures: "none",
  ...rest,
});

/** What the kind `payout` brings: the decision in the inbox, and the merchant's cabinet. */
const payouts: readonly Screen[] = [
  ofDesk("payout", {
    address: ({ doubt }) => `/inbox/unassigned/${doubt}`,
    before: payout,
    pictures: "both",
    often: true,
  }),
  ofDesk("payout-resolve", {
    address: ({ doubt }) => `/inbox/unassigned/${doubt}`,
    before: afterKeys(payout, "KeyY"),
  }),
  ofDesk("payouts", { address: () => "/payouts" }),
  ofDesk("payouts-desk", { before: funds, pictures: "both" }),
  ofDesk("payouts-new", { before: afterKeys(funds, "KeyP"), pictures: "desk" }),
  ...payoutTabs.map((tab) =>
    ofDesk(`payouts-${tab}`, {
      address: ({ desk }) => `/payouts/${desk}/${tab}`,
      pictures: tab === "statement" ? "desk" : "none",
    }),
  ),
  ofDesk("payouts-payout", { address: ({ desk, payout: id }) => `/payouts/${desk}/${id}`, before: payout }),
  ofDesk("payouts-rates", { address: () => "/payouts/rates" }),
];

/** Every screen. Looked at by axe in `screens.test.ts`, drawn by `npm run screens`. */
export const screens: readonly Screen[] = [
  { name: "sign-in", who: "nobody", address: () => "/sign-in", pictures: "both", often: true },
  { name: "inbox", who: "operator", address: list, before: rows, pictures: "both", often: true },
  {
    name: "inbox-one",
    who: "operator",
    address: ({ contact }) => `/inbox/mine?contact=${contact}`,
    pictures: "none",
  },
  { name: "inbox-filtered", who: "newcomer", address: () => "/inbox/mine?label=-", pictures: "none" },
  { name: "inbox-empty", who: "newcomer", address: () => "/inbox/mine", pictures: "both", often: true },
  { name: "ticket", who: "operator", address: inHand, before: opened, pictures: "both", often: true },
  {
    name: "ticket-reply",
    who: "operator",
    address: inHand,
    before: writeReply,
    after: clearDraft,
    pictures: "desk",
  },
  {
    name: "ticket-note",
    who: "operator",
    address: inHand,
    before: writeNote,
    after: clearDraft,
    pictures: "desk",
  },
  {
    name: "ticket-merge",
    who: "operator",
    address: inHand,
    before: afterKeys(opened, "KeyM"),
    pictures: "desk",
  },
  {
    name: "ticket-hand-over",
    who: "operator",
    address: inHand,
    before: afterKeys(opened, "KeyT"),
    pictures: "desk",
  },
  {
    name: "ticket-missing",
    who: "operator",
    address: () => "/inbox/mine/tkt_01m82q9m84exx87vyhqacg6b3w",
    pictures: "none",
  },
  { name: "view", who: "operator", address: ({ view }) => `/inbox/${view}`, pictures: "none" },
  {
    name: "view-editor",
    who: "operator",
    address: list,
    before: afterKeys(rows, "KeyV"),
    pictures: "desk",
  },
  { name: "bulk", who: "operator", address: list, before: selectThree, pictures: "desk", often: true },
  { name: "palette", who: "operator", address: list, before: findInPalette, pictures: "desk" },
  {
    name: "keys",
    who: "operator",
    address: inHand,
    before: afterKeys(opened, "Shift+Slash"),
    pictures: "desk",
  },
  { name: "search-begin", who: "operator", address: () => "/search", pictures: "none" },
  {
    name: "search",
    who: "operator",
    address: ({ words }) => `/search?q=${encodeURIComponent(words.found)}`,
    pictures: "both",
    often: true,
  },
  { name: "search-nothing", who: "operator", address: () => "/search?q=zzqqxx", pictures: "none" },
  { name: "unanswered", who: "operator", address: () => "/inbox/unanswered", pictures: "none" },
  { name: "report-unanswered", who: "operator", address: () => "/reports/unanswered", pictures: "desk" },
  { name: "customers", who: "operator", address: () => "/contacts", pictures: "desk" },
  {
    name: "customer",
    who: "operator",
    address: ({ contact }) => `/contacts/${contact}`,
    pictures: "both",
    often: true,
  },
  {
    name: "customer-missing",
    who: "operator",
    address: () => "/contacts/con_01m82q9m84edzrdzn9z7amhm3y",
    pictures: "none",
  },
  { name: "call", who: "operator", address: list, before: noteCall, pictures: "both" },
  {
    name: "write-first",
    who: "operator",
    address: list,
    before: afterKeys(rows, "Shift+KeyN"),
    pictures: "desk",
  },
  {
    name: "notifications",
    who: "operator",
    address: list,
    before: afterKeys(rows, "KeyG", "KeyB"),
    pictures: "desk",
  },
  ...settings,
  {
    name: "settings-webhook",
    who: "owner",
    address: () => "/settings/webhooks",
    before: openWebhook,
    pictures: "none",
  },
  ...payouts,
  { name: "help", who: "nobody", address: ({ locale }) => `/help/${locale}`, pictures: "none" },
  { name: "chat-frame", who: "nobody", address: ({ chat }) => `/chat/${chat}/frame`, pictures: "none" },
  {
    name: "chat",
    who: "nobody",
    address: ({ locale }) => `/demo/shop?lang=${locale}`,
    before: talk,
    pictures: "both",
    demo: true,
  },
];

/** Opens a screen and waits until it is at rest. */
export async function show(page: Page, screen: Screen, stage: Stage): Promise<void> {
  await page.goto(stage.url + screen.address(stage));
  await page.locator("main, [role=main]").first().waitFor();
  const atRest = () => !document.querySelector('[aria-busy="true"], [data-loading]');
  await page.waitForFunction(atRest);
  if (!screen.before) return;
  await screen.before(page, stage);
  // What was opened may come in two steps: its code, then its content.
  await page.waitForTimeout(150);
  await page.waitForFunction(atRest);
}
