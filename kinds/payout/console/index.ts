import type { KindConsole } from "@okno/kit";
import { Banknote } from "lucide-react";
import { takeHost } from "./host.ts";
import { words } from "./words.ts";

const why: Readonly<Record<string, string>> = {
  Canceled: "event.payout.cancelled.by",
  Expired: "event.payout.cancelled.expired",
  Rejected: "event.payout.cancelled.rejected",
};

/** The console half of payouts: the decision screen in the inbox, and the merchant's cabinet. */
export const payoutConsole: KindConsole = {
  id: "payout",
  words,
  tones: {
    created: "neutral",
    approving: "info",
    processing: "neutral",
    checking: "soon",
    failed: "late",
    failed_later: "neutral",
    failed_seen: "late",
    paid: "good",
    disputed: "late",
    cancelled: "neutral",
  },
  eventKey: (type, data) => (type === "payout.cancelled" ? why[String(data.why)] : undefined),
  icon: Banknote,
  section: {
    path: "payouts",
    word: "names",
    role: "operator",
    keys: "g p",
    keywords: "деньги касса merchant desk money",
  },
  async load(host) {
    takeHost(host);
    const { parts } = await import("./parts.tsx");
    return parts;
  },
};
