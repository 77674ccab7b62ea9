import { api } from "../../shared/api/client.ts";
import { canWorkOffline, serviceWorker } from "../../shared/offline/service-worker.ts";

export type PushState = "none" | "off" | "on" | "denied";

/** That this browser is told while the console is closed, and whom: so that the next person here does not inherit it. */
type Told = { id: string; member: string };
const storageKey = "okno.push";

function told(): Told | undefined {
  try {
    return (JSON.parse(localStorage.getItem(storageKey) ?? "null") as Told | null) ?? undefined;
  } catch {
    return undefined;
  }
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

/** What can be subscribed by; nothing where this browser, at this address, cannot be told while the console is closed. */
async function pushManager(): Promise<PushManager | undefined> {
  if (!canWorkOffline() || !("PushManager" in window)) return undefined;
  return (await serviceWorker())?.pushManager;
}

/** Can this browser be pushed to from this address, and does it let us? */
export async function pushState(member: string): Promise<PushState> {
  const manager = await pushManager();
  if (!manager) return "none";
  if (Notification.permission === "denied") return "denied";
  return told()?.member === member && (await manager.getSubscription()) ? "on" : "off";
}

async function subscribe(member: string): Promise<void> {
  const { publicKey } = await api.push.key();
  // Subscribing needs a service worker that is at work.
  const { pushManager: manager } = await navigator.serviceWorker.ready;
  const ask = () => manager.subscribe({ userVisibleOnly: true, applicationServerKey: bytesOf(publicKey) });
  // A subscription made for another key (the installation has a new secret) must go first.
  const subscription = await ask().catch(async (error: unknown) => {
    const former = await manager.getSubscription();
    if (!former) throw error;
    await former.unsubscribe();
    return ask();
  });
  const { endpoint, keys } = subscription.toJSON();
  const { id } = await api.push.subscribe({
    body: { endpoint: endpoint ?? "", keys: { p256dh: keys?.p256dh ?? "", auth: keys?.auth ?? "" } },
  });
  localStorage.setItem(storageKey, JSON.stringify({ id, member } satisfies Told));
}

/** Subscribes this browser. @throws what the browser or the server refuses with. */
export async function startPush(member: string): Promise<PushState> {
  if ((await Notification.requestPermission()) === "granted") await subscribe(member);
  return pushState(member);
}

/** No more push to this browser, and nothing of it left on the screen. Never fails: the server learns it from the push service too. */
export async function dropPush(): Promise<void> {
  localStorage.removeItem(storageKey);
  try {
    const registration = await serviceWorker();
    for (const shown of (await registration?.getNotifications()) ?? []) shown.close();
    await (await registration?.pushManager?.getSubscription())?.unsubscribe();
  } catch {
    // A browser that cannot be asked tells nobody anything either.
  }
}

export async function stopPush(member: string): Promise<PushState> {
  const id = told()?.id;
  await dropPush();
  if (id) await api.push.unsubscribe({ params: { id } }).catch(() => undefined);
  return pushState(member);
}

/**
 * After signing in: a subscription lives as long as its session, and browsers change its address now and then. Whoever had it here goes on
 * being told; anybody else's ends.
 */
export async function renewPush(member: string): Promise<void> {
  const before = told();
  if (!before) return;
  if (before.member !== member) await dropPush();
  else if (canWorkOffline() && Notification.permission === "granted") await subscribe(member);
}
