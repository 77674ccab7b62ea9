#!/usr/bin/env node
// What a browser must load before it shows anything, compressed, against its budget. Needs the browser apps built.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";

const root = path.resolve(import.meta.dirname, "..");
const dist = (app, file = "") => path.join(root, "apps", app, "dist", file);
const kB = 1000;

/** Scripts, preloads and styles that index.html names: what stands between an address and a first screen. */
function firstLoadOf(page) {
  const html = readFileSync(page, "utf8");
  const tags = html.match(/<(?:script|link)\b[^>]*>/gu) ?? [];
  const files = tags.flatMap((tag) => {
    const wanted = tag.startsWith("<script") || /rel="(?:stylesheet|modulepreload)"/u.test(tag);
    const file = wanted && /(?:src|href)="([^"]+)"/u.exec(tag)?.[1];
    return file ? [path.join(path.dirname(page), file)] : [];
  });
  if (files.length === 0) throw new Error(`${page} names no script`);
  return files;
}

const budgets = [
  { name: "chat loader", limit: 5 * kB, files: () => [dist("widget", "loader.js")] },
  {
    name: "chat frame",
    limit: 60 * kB,
    files: () => [dist("widget", "frame.js"), dist("widget", "frame.css")],
  },
  { name: "console first load", limit: 300 * kB, files: () => firstLoadOf(dist("console", "index.html")) },
];

const gzipBytes = (file) => gzipSync(readFileSync(file), { level: 9 }).length;

const asJson = process.argv.includes("--json");
const measured = budgets.map(({ name, limit, files }) => {
  const app = name.startsWith("chat") ? "widget" : "console";
  if (!existsSync(dist(app))) return { name, limit, bytes: undefined, app };
  return { name, limit, bytes: files().reduce((sum, file) => sum + gzipBytes(file), 0), app };
});

if (asJson) console.log(JSON.stringify(measured));
for (const { name, limit, bytes, app } of asJson ? [] : measured) {
  if (bytes === undefined)
    console.log(`FAIL ${name}: apps/${app} is not built; run npm run check, which builds it`);
  else
    console.log(
      `${bytes > limit ? "FAIL" : "ok  "} ${name}: ${(bytes / kB).toFixed(1)} of ${limit / kB} kB gzip`,
    );
}
process.exitCode = measured.some(({ bytes, limit }) => bytes === undefined || bytes > limit) ? 1 : 0;
