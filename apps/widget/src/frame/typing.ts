/** Well within the ten seconds after which somebody who says nothing has stopped. */
const everyMs = 4_000;
/** A pause in which nothing is typed means that it has stopped. */
const pauseMs = 6_000;

/** Tells that the visitor writes: at the first letter, then every few seconds, and once when it is over. Never what. */
export function createTyping(tell: (typing: boolean) => void) {
  let told = 0;
  let pause: ReturnType<typeof setTimeout> | undefined;

  function stop(): void {
    clearTimeout(pause);
    if (told === 0) return;
    told = 0;
    tell(false);
  }
  return {
    stop,
    wrote(): void {
      clearTimeout(pause);
      pause = setTimeout(stop, pauseMs);
      if (Date.now() - told < everyMs) return;
      told = Date.now();
      tell(true);
    },
  };
}
