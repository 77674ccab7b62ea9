/** Can this page have a service worker at all? Only a secure address can: https, or the machine itself. */
export const canWorkOffline = (): boolean =>
  typeof navigator !== "undefined" &&
  "serviceWorker" in navigator &&
  window.isSecureContext &&
  import.meta.env.PROD;

/** The first screen comes first: the files for a day without a network are fetched after it. */
const afterFirstScreenMs = 2_500;

let registered: Promise<ServiceWorkerRegistration | undefined> | undefined;

/** This browser's service worker; nothing where it cannot have one. */
export function serviceWorker(): Promise<ServiceWorkerRegistration | undefined> {
  if (!canWorkOffline()) return Promise.resolve(undefined);
  registered ??= navigator.serviceWorker
    .register("/sw.js", { updateViaCache: "none" })
    .catch(() => navigator.serviceWorker.getRegistration())
    .catch(() => undefined);
  return registered;
}

/** Registers the service worker of the built console, after the first screen. `open` is asked to go where a notification points. */
export function startServiceWorker(open: (address: string) => void): () => void {
  if (!canWorkOffline()) return () => undefined;
  const hear = ({ data, ports }: MessageEvent<{ kind?: string; address?: string }>) => {
    if (data.kind !== "open" || !data.address?.startsWith("/tickets/")) return;
    ports[0]?.postMessage("opened");
    open(data.address);
  };
  navigator.serviceWorker.addEventListener("message", hear);
  // Messages sent before the page was ready for them wait until it says that it is.
  navigator.serviceWorker.startMessages();
  const soon = setTimeout(() => void serviceWorker(), afterFirstScreenMs);
  return () => {
    clearTimeout(soon);
    navigator.serviceWorker.removeEventListener("message", hear);
  };
}
