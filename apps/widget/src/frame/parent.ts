/** The line to the page that shows the frame. Only counts and wishes go over it, never words of the conversation. */
export type Parent = {
  post(type: string, more?: Record<string, unknown>): void;
  /** There is a page around: it has a button to return to. */
  framed: boolean;
};

export function createParent(key: string, setOpen: (open: boolean) => void): Parent {
  const framed = window.parent !== window;
  addEventListener("message", ({ source, data }: MessageEvent) => {
    if (source !== window.parent || data?.okno !== key) return;
    if (data.type === "opened") setOpen(true);
    if (data.type === "closed") setOpen(false);
  });
  return {
    framed,
    // The site that embeds the chat is not known here; nothing in these messages needs hiding from it.
    post: (type, more = {}) => window.parent.postMessage({ okno: key, type, ...more }, "*"),
  };
}
