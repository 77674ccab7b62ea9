import type { KindConsole, KindParts, KindTone } from "@okno/kit";
import { lazy } from "react";
import { defineMessages, type Translate, useLocale, type Values } from "../i18n/i18n.ts";
import { host } from "./host.tsx";

type Words = { useT: () => Translate<string>; tr: Translate<string> };

/** A kind as the console has taken it up: its words are known, what it draws comes when it is first needed. */
export type TakenKind = Omit<KindConsole, "load" | "words"> & {
  words: Words;
  has: (key: string) => boolean;
  /** Draws nothing where the kind brings none. */
  Decision: React.ComponentType<{ ticket: import("@okno/contract").Ticket }>;
  Section: React.ComponentType;
};

const taken = new Map<string, TakenKind>();

function Nothing() {
  return null;
}

function take({ load, words, ...kind }: KindConsole): TakenKind {
  let parts: Promise<KindParts> | undefined;
  const loaded = () => {
    parts ??= load(host).catch((error: unknown) => {
      // A file that could not be fetched may be there the next time.
      parts = undefined;
      throw error;
    });
    return parts;
  };
  return {
    ...kind,
    words: defineMessages(
      `kind.${kind.id}`,
      words as { ru: Record<string, string>; en: Record<string, string> },
    ),
    has: (key) => key in words.en,
    Decision: lazy(async () => ({ default: (await loaded()).Decision ?? Nothing })),
    Section: lazy(async () => ({ default: (await loaded()).Section ?? Nothing })),
  };
}

/** Called once, before anything is drawn. */
export function takeKinds(kinds: readonly KindConsole[]): void {
  for (const kind of kinds) taken.set(kind.id, take(kind));
}

/** A kind with a console half of its own; undefined for plain tickets, such as inquiries. */
export const kindOf = (id: string): TakenKind | undefined => taken.get(id);

/** Every kind with a console half, in the order of the registry. */
export const allKinds = (): readonly TakenKind[] => [...taken.values()];

/** The words of kinds in the reader's language; undefined where the kind has none for it. */
export function useKindWords(): (kind: string, key: string, values?: Values) => string | undefined {
  useLocale();
  return (kind, key, values) => {
    const known = kindOf(kind);
    return known?.has(key) ? known.words.tr(key, values) : undefined;
  };
}

/** The words for an event that only kinds know, such as `payout.paid`. */
export function useKindEvent(): (
  type: string,
  data: Record<string, unknown>,
  who: string,
) => string | undefined {
  const words = useKindWords();
  return (type, data, who) => {
    for (const kind of allKinds()) {
      const said = words(kind.id, kind.eventKey?.(type, data) ?? `event.${type}`, { who });
      if (said !== undefined) return said;
    }
    return undefined;
  };
}

type Standing = { kind: string; state: string };

/** Where a ticket of such a kind stands, and how that is drawn. */
export function useKindState(): (ticket: Standing) => { text: string; tone: KindTone } | undefined {
  const words = useKindWords();
  return ({ kind, state }) => {
    const text = words(kind, `state.${state}`);
    return text === undefined ? undefined : { text, tone: kindOf(kind)?.tones[state] ?? "neutral" };
  };
}
