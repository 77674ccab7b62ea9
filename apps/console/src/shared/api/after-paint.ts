/** In a page that is not drawn now nobody waits for a frame. */
const longestMs = 50;

/**
 * Resolves once the frame in hand is on the screen. Starting a request costs a millisecond or two; opening a ticket starts several, and the
 * reader should see the ticket first.
 */
export function afterPaint(): Promise<void> {
  if (document.visibilityState !== "visible") return Promise.resolve();
  return new Promise((resolve) => {
    const late = setTimeout(resolve, longestMs);
    requestAnimationFrame(() => {
      clearTimeout(late);
      setTimeout(resolve);
    });
  });
}
