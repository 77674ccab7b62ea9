/** Wrong codes that cost no wait. */
const free = 5;
const firstWaitSeconds = 60;
const longestWaitSeconds = 3_600;

/** How long until the next code may be tried, in seconds; 0 when now. After the free ones it doubles up to an hour. */
export function secondsUntilNextTry(
  { failures, failedAt }: { failures: number; failedAt: Date | null },
  now: Date,
): number {
  if (failures < free || !failedAt) return 0;
  const wait = Math.min(firstWaitSeconds * 2 ** (failures - free), longestWaitSeconds);
  return Math.max(0, Math.ceil((failedAt.getTime() - now.getTime()) / 1000 + wait));
}
