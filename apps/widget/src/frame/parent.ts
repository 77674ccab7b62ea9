/** The line to the page that shows the frame. Only counts and wishes go over it, never words of the conversation. */
export type Parent = {
  post(type: string, more?: Record<string, unknown>): void;
  /** There is a page around: it has a button to return to. */
  framed: boolean;
};

export function createParent(
  key: string,
  told: {
    setOpen(open: boolean): void;
    /** The site's word about its user: null when it says nobody is signed in. */
    identify(identity: string | null): void;
  },
): Parent {
  const framed = window.parent !== window;
  addEventListener("message", ({ source, data }: MessageEvent) => {
    if (source !== window.parent || data?.okno !== key) return;
    // Before the state of the panel: nothing is fetched for somebody who turns out to be another.
    if (data.identity === null || typeof data.identity === "string") told.identify(data.identity);
    if (data.type === "opened") told.setOpen(true);
    if (data.type === "closed") told.setOpen(false);
  });
  return {
    framed,
    // The site that embeds the chat is not known here; nothing in these messages needs hiding from it.
    post: (type, more = {}) => window.parent.postMessage({ okno: key, type, ...more }, "*"),
  };
}
