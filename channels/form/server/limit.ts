/** How often one address may send: enough for an office behind one router, too little for a flood. */
const sendings = 30;
const withinMs = 10 * 60_000;
const maxAddresses = 20_000;

/** Counts in this process's memory, an address and channel. */
export function createSendingLimit() {
  const sent = new Map<string, number[]>();
  return {
    /** false: too many; the attempt is not counted. */
    take(address: string, now: Date): boolean {
      const since = now.getTime() - withinMs;
      const recent = (sent.get(address) ?? []).filter((at) => at > since);
      sent.delete(address);
      if (sent.size >= maxAddresses) {
        const oldest = sent.keys().next();
        if (!oldest.done) sent.delete(oldest.value);
      }
      const allowed = recent.length < sendings;
      sent.set(address, allowed ? [...recent, now.getTime()] : recent);
      return allowed;
    },
  };
}
