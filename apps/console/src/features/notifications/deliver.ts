import type { NotificationSettings, Notification as Told } from "@okno/contract";
import { isQuiet } from "@okno/contract/quiet";

/** One tab of the browser speaks for all of them; any tab that is looked at silences it. */
const speaker = "okno.notifications.speaker";
const looking = "okno.notifications.looking";

let speaks = false;
let letGo: (() => void) | undefined;

const locks = () => (typeof navigator === "undefined" ? undefined : navigator.locks);

function holdWhileVisible(): void {
  letGo?.();
  letGo = undefined;
  if (document.visibilityState !== "visible") return;
  void locks()?.request(looking, { mode: "shared" }, () => new Promise<void>((resolve) => (letGo = resolve)));
}

/** Joins the tabs of this browser; answers how to leave them. */
export function joinTabs(): () => void {
  const leave = new AbortController();
  const gone = new Promise<void>((resolve) => leave.signal.addEventListener("abort", () => resolve()));
  locks()
    ?.request(speaker, { signal: leave.signal }, () => {
      speaks = true;
      return gone;
    })
    .catch(() => undefined);
  holdWhileVisible();
  document.addEventListener("visibilitychange", holdWhileVisible);
  return () => {
    speaks = false;
    leave.abort();
    letGo?.();
    letGo = undefined;
    document.removeEventListener("visibilitychange", holdWhileVisible);
  };
}

async function somebodyLooks(): Promise<boolean> {
  if (document.visibilityState === "visible") return true;
  const held = (await locks()?.query())?.held ?? [];
  return held.some((lock) => lock.name === looking);
}

export type Delivery = "page" | "browser" | "none";

/** How a piece of news reaches the reader in this tab now. */
export async function deliveryOf(
  { kind }: Pick<Told, "kind">,
  settings: NotificationSettings,
  now: Date,
): Promise<Delivery> {
  const ways = settings.ways[kind];
  if (isQuiet(settings, now)) return "none";
  if (document.visibilityState === "visible") return ways.page ? "page" : "none";
  const allowed = typeof Notification !== "undefined" && Notification.permission === "granted";
  if (!speaks || !allowed || !ways.browser || (await somebodyLooks())) return "none";
  return "browser";
}
