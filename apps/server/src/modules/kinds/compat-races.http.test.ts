import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type CompatStage,
  lexeme,
  type Merchant,
  startCompatStage,
  wallets,
} from "./fixtures/compat-stage.ts";

// Everything at the same moment, over HTTP: one wins, the others are told, the ledger agrees.

let s: CompatStage;
let shop: Merchant;
beforeAll(async () => {
  s = await startCompatStage();
  shop = await s.merchant();
  await s.fund(shop, "TEST", "100000");
  await s.fund(shop, "ETHEREUM", "10");
});
afterAll(() => s.close());

const times = <T>(count: number, run: (n: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, n) => run(n)));
const postingsOf = async (id: unknown) => {
  const rows = await s.query<{ what: string }>(
    `select l.what from ledger_postings l join payouts p on p.workspace_id = l.workspace_id and p.id = l.payout_id
     where l.workspace_id = $1 and p.reference = $2 order by l.what`,
    [s.t.workspaceId, id],
  );
  return rows.map(({ what }) => what);
};

test("[PO-01] fifty submits of one payoff at once: one success, forty-nine errors, one posting (7.2 edge 1)", async () => {
  const { id } = await s.create(shop, "v2");
  const answers = await times(50, () => s.submit(shop, "v2", id));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  expect(answers.filter(({ json }) => !json.error)).toHaveLength(1);
  for (const { json } of answers.filter((each) => each.json.error))
    expect(json.errors).toEqual(["The payoff is not in the state `created` but `processing`"]);
  expect(await postingsOf(id)).toEqual(["dispatch", "reserve"]);
  await s.ledgerIsWhole();
});

test("[PO-01] submits and cancels of one payoff at once: exactly one wins, and the ledger agrees with it (7.2 edge 2)", async () => {
  for (let round = 0; round < 6; round++) {
    const { id } = await s.create(shop, "v2");
    const answers = await times(8, (n) => (n % 2 ? s.submit(shop, "v2", id) : s.cancel(shop, "v2", id)));
    const won = answers.filter(({ json }) => !json.error);
    expect(won).toHaveLength(1);
    const state = won[0]?.json.state;
    expect((await s.info(shop, "v2", id)).state).toBe(state);
    expect(await postingsOf(id)).toEqual(
      state === "canceled" ? ["release", "reserve"] : ["dispatch", "reserve"],
    );
  }
  await s.ledgerIsWhole();
});

test("forty payoffs submitted at once all go, each once, and share transactions instead of waiting in line", async () => {
  const made = await times(40, () => s.create(shop, "v2"));
  const before = await commits();
  const answers = await times(40, (n) => s.submit(shop, "v2", made[n]?.id));
  expect(answers.every(({ json }) => json.state === "processing")).toBe(true);
  // A transaction holds at most sixteen; the jobs' own are few.
  const distinct = await commits();
  expect(distinct.size - before.size).toBeLessThan(40);
  await s.ledgerIsWhole();
});

/** The transactions that have written postings: rows of one transaction have one xmin. */
async function commits(): Promise<Set<string>> {
  const rows = await s.query<{ x: string }>(
    "select distinct xmin::text as x from ledger_postings where workspace_id = $1 and what = 'dispatch'",
    [s.t.workspaceId],
  );
  return new Set(rows.map(({ x }) => x));
}

test("creations at once never take more than there is", async () => {
  const poor = await s.merchant();
  await s.fund(poor, "ETHEREUM", "1");
  const fields = {
    method: "ETHEREUM",
    wallet: wallets.ETHEREUM,
    amount: lexeme("0.2985"),
    subtract_from: "balance",
  };
  const answers = await times(12, () => s.call(poor, "v2", "payoff/create", s.creation(poor, fields)));
  expect(answers.filter(({ json }) => !json.error)).toHaveLength(3);
  const { balances } = (await s.call(poor, "v2", "balance/info", { hide_empty: true })).json;
  expect(balances).toEqual({ ETHEREUM: { amount: 0.1, currency: "ETH" } });
  await s.ledgerIsWhole();
});
