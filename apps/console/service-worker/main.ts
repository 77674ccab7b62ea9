// The console's service worker: keeps the console itself at hand while there is no network, and shows notifications while it is closed.
// Data never passes through it: what was read is kept, and purged, by the page.

export {};

declare const self: ServiceWorkerGlobalScope;
/** What the console draws: `pages.ts`, filled in by the build. */
declare const OKNO_PAGES: readonly string[];
/** Filled in by the build: the files of this version, and a name for them. */
declare const OKNO_SHELL: { version: string; files: readonly string[] };

type PushMessage = { title: string; text: string; ticket: string | null; webhook?: string };

const prefix = "okno-shell-";
const cacheName = prefix + OKNO_SHELL.version;
/** A tab opened before a new version came still asks for its own files, which the server has no more. */
const versionsKept = 3;
const page = "/";
/** How long a page may take before the kept one is shown. */
const patienceMs = 4_000;
/** A window that does not answer in this time has no console listening in it. */
const answerMs = 1_500;

async function keepShell(): Promise<void> {
  // Made anew even where it is there: the newest version is the last one by age.
  await caches.delete(cacheName);
  const cache = await caches.open(cacheName);
  // Past the browser's cache: the page itself must be of the same version as its files.
  await cache.add(new Request(page, { cache: "reload" }));
  await cache.addAll(OKNO_SHELL.files);
}

async function dropOldest(): Promise<void> {
  const names = (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== cacheName);
  const dropped = names.slice(0, Math.max(0, names.length - versionsKept + 1));
  await Promise.all(dropped.map((name) => caches.delete(name)));
  await self.clients.claim();
}

const own = async (request: Request | string) => (await caches.open(cacheName)).match(request);

/** Somebody stands before the server and says that it is away. */
const isAway = ({ status }: Response) => status === 502 || status === 503 || status === 504;

/** The page from the network; the kept one where the network is away or too slow. */
async function openPage(request: Request): Promise<Response> {
  const kept = await own(page);
  if (!kept) return fetch(request);
  const fresh = fetch(request).then((answer) => (isAway(answer) ? kept : answer));
  const late = new Promise<Response>((resolve) => setTimeout(() => resolve(kept), patienceMs));
  return Promise.race([fresh, late]).catch(() => kept);
}

/** Assets carry their hash in their name: what is kept is right for ever, of whatever version it is. */
async function openFile(request: Request): Promise<Response> {
  return (await own(request)) ?? (await caches.match(request)) ?? fetch(request);
}

/** The pages that the console draws. The server has others: documentation, chats, forms. */
const drawn = new RegExp(`^/(?:(?:${OKNO_PAGES.join("|")})(?:/.*)?)?$`, "u");

self.addEventListener("install", (event) => {
  event.waitUntil(keepShell().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => event.waitUntil(dropOldest()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    if (drawn.test(pathname)) event.respondWith(openPage(request));
  } else if (pathname.startsWith("/assets/") || OKNO_SHELL.files.includes(pathname))
    event.respondWith(openFile(request));
});

/** The windows of the console, the one used last first. */
async function consoleWindows(): Promise<WindowClient[]> {
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  return windows.filter(
    ({ url, frameType }) => frameType === "top-level" && drawn.test(new URL(url).pathname),
  );
}

function readMessage(data: PushMessageData | null): PushMessage | undefined {
  try {
    const { title, text, ticket, webhook } = (data?.json() ?? {}) as PushMessage;
    if (ticket !== null) return /^tkt_\w+$/u.test(ticket) ? { title, text, ticket } : undefined;
    return webhook && /^whk_\w+$/u.test(webhook) ? { title, text, ticket, webhook } : undefined;
  } catch {
    return undefined;
  }
}

async function tell({ title, text, ticket, webhook }: PushMessage): Promise<void> {
  const looked = (await consoleWindows()).some((window) => window.visibilityState === "visible");
  await self.registration.showNotification(title, {
    body: text,
    // One line a ticket: the newest takes the place of the one before.
    tag: ticket ?? webhook ?? "okno",
    // A push must be shown; whoever looks at the console has been told on the page.
    silent: looked,
    icon: "/icon-192.png",
    badge: "/badge-96.png",
    data: { ticket, webhook },
  });
}

self.addEventListener("push", (event) => {
  const message = readMessage(event.data);
  if (message) event.waitUntil(tell(message));
});

/** Asks an open console to go there. A window may be asleep, or show the sign-in. */
function ask(window: WindowClient, address: string): Promise<boolean> {
  const { port1, port2 } = new MessageChannel();
  window.postMessage({ kind: "open", address }, [port2]);
  return new Promise((resolve) => {
    port1.onmessage = () => resolve(true);
    setTimeout(() => resolve(false), answerMs);
  });
}

type Place = Pick<PushMessage, "ticket" | "webhook">;

async function openPlace({ ticket, webhook }: Place): Promise<void> {
  const address = ticket === null ? `/settings/webhooks/${webhook}` : `/tickets/${ticket}`;
  const [window] = await consoleWindows();
  // Only the click itself may bring a window to the front: so that comes first.
  const focused = await window?.focus().catch(() => undefined);
  if (!focused) await self.clients.openWindow(address);
  else if (!(await ask(focused, address))) await focused.navigate(address);
}

self.addEventListener("notificationclick", (event) => {
  const place = event.notification.data as Place;
  event.notification.close();
  event.waitUntil(openPlace(place));
});
