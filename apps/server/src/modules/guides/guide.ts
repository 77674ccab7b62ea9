import { readdirSync, readFileSync } from "node:fs";
import type { Language } from "../api-docs/index.ts";

/** A page as it is written: what stands above its text, and the text. */
export type Guide = {
  /** The last part of its address; `index` is the first page. */
  name: string;
  title: string;
  summary: string;
  /** The day of its last change, like `2026-11-23`. */
  updated: string;
  order: number;
  text: string;
};

const folder = new URL("../../../../../docs/integrators/", import.meta.url);
const frame = /^---\n(?<front>[\s\S]+?)\n---\n(?<text>[\s\S]*)$/u;
const fileName = /^(?<name>[a-z]+(?:-[a-z]+)*)\.md$/u;
const day = /^\d{4}-\d{2}-\d{2}$/u;

/** @throws where a page lacks its title, summary, order or the day of its last change */
export function readGuide(name: string, source: string): Guide {
  const { front = "", text = "" } = frame.exec(source)?.groups ?? {};
  const facts = new Map(
    front.split("\n").map((line) => {
      const at = line.indexOf(":");
      return [line.slice(0, at).trim(), line.slice(at + 1).trim()];
    }),
  );
  const { title, summary, updated, order } = Object.fromEntries(facts);
  if (!title || !summary || !updated || !day.test(updated) || !/^\d+$/u.test(order ?? ""))
    throw new Error(`the guide ${name} needs title, summary, order and updated (a day) above its text`);
  return { name, title, summary, updated, order: Number(order), text };
}

/** All pages in a language, in the order in which they are to be read; the first is the index. */
export function loadGuides(language: Language): Guide[] {
  const files = readdirSync(new URL(`${language}/`, folder));
  return files
    .flatMap((file) => fileName.exec(file)?.groups?.name ?? [])
    .map((name) => readGuide(name, readFileSync(new URL(`${language}/${name}.md`, folder), "utf8")))
    .sort((a, b) => a.order - b.order);
}

/** The text of a sample, by its file's name. */
export function readSample(file: string): string {
  return readFileSync(new URL(`samples/${file}`, folder), "utf8").trimEnd();
}
