// `npm run bench [-- --figure NAME]`: measures, prints a table of ratios, and keeps it in bench/results/latest.json.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { bytes } from "./figures/bytes.ts";
import { busyMinute, keyToPaint } from "./figures/console.ts";
import { fanOut } from "./figures/fan-out.ts";
import { intake } from "./figures/intake.ts";
import { lighthouse } from "./figures/lighthouse.ts";
import { openTicket } from "./figures/open-ticket.ts";
import { payouts } from "./figures/payouts.ts";
import { reply } from "./figures/reply.ts";
import { inboxPage, intakeAtScale } from "./figures/scale.ts";
import { searchAmongMessages } from "./figures/search.ts";
import { secondStart } from "./figures/start.ts";
import { viewCounts } from "./figures/view-counts.ts";
import { webhooks } from "./figures/webhooks.ts";
import type { Figure, Result } from "./lib/figure.ts";

const figures: readonly Figure[] = [
  intake,
  reply,
  payouts,
  intakeAtScale,
  inboxPage,
  searchAmongMessages,
  fanOut,
  secondStart,
  viewCounts,
  webhooks,
  bytes,
  openTicket,
  keyToPaint,
  busyMinute,
  lighthouse,
];
const latest = new URL("./results/latest.json", import.meta.url);

function number(value: number | null): string {
  if (value === null) return "—";
  return value >= 100 ? value.toFixed(0) : value.toFixed(2);
}

function print(results: readonly Result[]): void {
  const rows = results.map((each) => [
    each.figure,
    `${number(each.value)} ${each.unit}`,
    number(each.against),
    number(each.ratio),
    each.aim,
    each.met ? "met" : "MISSED",
  ]);
  const head = ["figure", "value", "against", "ratio", "aim", ""];
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  for (const row of [head, ...rows])
    console.log(row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  "));
}

/** Rows measured now replace those of the same name; others stay as they were measured last. */
function keep(results: readonly Result[]): void {
  let before: Result[] = [];
  try {
    before = JSON.parse(readFileSync(latest, "utf8")) as Result[];
  } catch {
    // The first run: there is nothing to keep.
  }
  const fresh = new Set(results.map((each) => each.figure));
  mkdirSync(new URL(".", latest), { recursive: true });
  writeFileSync(
    latest,
    `${JSON.stringify([...before.filter((each) => !fresh.has(each.figure)), ...results], null, 2)}\n`,
  );
}

const { values } = parseArgs({ options: { figure: { type: "string" } } });
const chosen =
  values.figure === undefined ? figures : figures.filter((figure) => figure.name === values.figure);
if (chosen.length === 0) {
  console.error(
    `There is no figure ${values.figure}. Known: ${figures.map((figure) => figure.name).join(", ")}`,
  );
  process.exit(2);
}
const results: Result[] = [];
for (const figure of chosen) {
  console.log(`${figure.name} …`);
  results.push(...(await figure.run((text) => console.log(`  ${text}`))));
}
keep(results);
print(results);
