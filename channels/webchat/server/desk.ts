import type { ChannelInstance, ChannelPorts } from "@okno/kit";
import type { Desk } from "../contract.ts";
import { type HoursLine, openingAt, parseHours } from "../hours.ts";
import type { WebchatConfig } from "../manifest.ts";

/** With fewer matters than this a number would be chance. */
const fewest = 5;
/** What people say: a promise of 7 minutes is kept as one of 10. Minutes up to a day, then whole days. */
const steps = [1, 2, 3, 5, 10, 15, 20, 30, 45, 60, 120, 180, 240, 360, 480, 720, 1440];
const longestMinutes = 3 * 1440;

export function linesOf({ hours }: Pick<WebchatConfig, "hours">): HoursLine[] {
  return (hours ?? []).map(parseHours).filter((line) => line !== undefined);
}

/**
 * Within how many minutes half of the latest matters were answered, rounded up; null when too few are known or it takes days. Only
 * matters that began while somebody was there count: those are whom the promise is made to.
 */
export function replyMinutesOf(
  answers: readonly { at: Date; waitedSeconds: number }[],
  isOpen: (at: Date) => boolean,
): number | null {
  const waits = answers
    .filter(({ at }) => isOpen(at))
    .map(({ waitedSeconds }) => waitedSeconds)
    .sort((a, b) => a - b);
  if (waits.length < fewest) return null;
  const minutes = (waits[Math.floor(waits.length / 2)] ?? 0) / 60;
  if (minutes > longestMinutes) return null;
  return steps.find((step) => minutes <= step) ?? Math.ceil(minutes / 1440) * 1440;
}

export async function deskOf(channel: ChannelInstance, ports: ChannelPorts): Promise<Desk> {
  const config = channel.config as WebchatConfig;
  const lines = linesOf(config);
  const { timeZone } = channel.project;
  const { open, opensAt, changesAt } = openingAt(lines, timeZone, ports.clock.now());
  const measured = config.promise === "measured" ? await ports.firstAnswers(channel) : [];
  return {
    open,
    opensAt: opensAt?.toISOString() ?? null,
    changesAt: changesAt?.toISOString() ?? null,
    replyMinutes: replyMinutesOf(measured, (at) => openingAt(lines, timeZone, at).open),
    text: config.promise === "text" ? config.promiseText || null : null,
  };
}
