import { createIdentity } from "./identity.ts";
import type { Settings } from "./settings.ts";
import { stylesOf } from "./styles.ts";
import { showInTitle } from "./title.ts";

const words = {
  ru: { open: "Открыть чат", close: "Закрыть чат" },
  en: { open: "Open the chat", close: "Close the chat" },
};

function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Record<string, string>,
  ...children: Node[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function icon(name: string, path: string): SVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.classList.add(name);
  const line = document.createElementNS(svg.namespaceURI, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg as SVGElement;
}

/** The host page remembers that there is a conversation, so that the next page can show what is unread. */
function remembered(key: string, write?: boolean): boolean {
  try {
    if (write) localStorage.setItem(key, "1");
    return localStorage.getItem(key) === "1";
  } catch {
    return false;
  }
}

/** Puts the button into the page, and the panel with the frame when it is first needed. */
export function createPanel(settings: Settings): void {
  const { base, key, title, lang, chosenLang } = settings;
  const text = words[lang];
  const memory = `okno.chat.${key}`;
  const badge = element("b", { hidden: "", "aria-hidden": "true" });
  const button = element(
    "button",
    { type: "button", "aria-expanded": "false", "aria-controls": "panel", "aria-haspopup": "dialog" },
    icon("m", "M20 11.5a7.5 7.5 0 0 1-10.9 6.7L4 20l1.6-4.6A7.5 7.5 0 1 1 20 11.5Z"),
    icon("x", "m6 6 12 12M18 6 6 18"),
    badge,
  );
  const panel = element("div", { id: "panel", class: "p", role: "dialog", "aria-label": title });
  const host = document.createElement("okno-chat");
  const root = host.attachShadow({ mode: "open" });
  // A constructed sheet is allowed under any `style-src`: nothing is written into the page's markup.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(stylesOf(settings));
  root.adoptedStyleSheets = [sheet];
  root.append(panel, button);
  host.lang = lang;
  document.body.append(host);

  let frame: HTMLIFrameElement | undefined;
  let isOpen = false;
  let unread = 0;
  /** "3 новых сообщения", in the frame's words. */
  let unreadWords = "";

  const tell = (type: string, more = {}) =>
    frame?.contentWindow?.postMessage({ okno: key, type, ...more }, new URL(base).origin);
  const identity = createIdentity(settings.identity, (said) => tell("identity", { identity: said }));

  function label(): void {
    button.setAttribute(
      "aria-label",
      isOpen ? text.close : unread ? `${text.open}: ${unreadWords || unread}` : text.open,
    );
    showInTitle(isOpen ? 0 : unread);
    button.setAttribute("aria-expanded", String(isOpen));
    badge.hidden = isOpen || unread === 0;
    badge.textContent = unread > 99 ? "99+" : String(unread);
  }

  function loadFrame(): void {
    if (frame) return;
    frame = element("iframe", {
      src: `${base}frame${chosenLang ? `?lang=${chosenLang}` : ""}`,
      title,
      allow: "autoplay",
    });
    panel.append(frame);
  }

  // On a phone the keyboard covers a fixed panel; the visual viewport says what is left.
  const phone = matchMedia("(max-width:520px),(max-height:420px)");
  function fit(): void {
    const view = window.visualViewport;
    const full = isOpen && phone.matches && view;
    panel.style.height = full ? `${view.height}px` : "";
    panel.style.top = full ? `${view.offsetTop}px` : "";
  }

  function setOpen(open: boolean, returnFocus = true): void {
    if (open === isOpen) return;
    isOpen = open;
    if (open) loadFrame();
    panel.classList.toggle("on", open);
    label();
    fit();
    tell(open ? "opened" : "closed");
    if (open) frame?.focus();
    else if (returnFocus) button.focus();
  }

  button.addEventListener("click", () => setOpen(!isOpen));
  root.addEventListener("keydown", (event) => {
    if ((event as KeyboardEvent).key === "Escape") setOpen(false);
  });
  // `<a href="#okno-chat">` anywhere in the page opens the chat.
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest('a[href="#okno-chat"]');
    if (!link) return;
    event.preventDefault();
    setOpen(true);
  });
  window.visualViewport?.addEventListener("resize", fit);
  window.visualViewport?.addEventListener("scroll", fit);
  phone.addEventListener("change", fit);

  const hear: Record<string, (data: Record<string, unknown>) => void> = {
    ready: () => void identity.said().then((said) => tell(isOpen ? "opened" : "closed", { identity: said })),
    identify: () => identity.again(),
    identity_refused: ({ why }) => identity.refused(String(why)),
    close: () => setOpen(false),
    known: () => remembered(memory, true),
    unread(data) {
      unread = Number(data.count) || 0;
      unreadWords = String(data.label ?? "").slice(0, 100);
      label();
    },
  };
  window.addEventListener("message", ({ source, data }: MessageEvent) => {
    if (!frame || source !== frame.contentWindow || data?.okno !== key) return;
    if (Object.hasOwn(hear, data.type)) hear[data.type]?.(data);
  });

  label();
  if (remembered(memory)) {
    const whenIdle = window.requestIdleCallback ?? ((run: () => void) => setTimeout(run, 1500));
    whenIdle(loadFrame);
  }
}
