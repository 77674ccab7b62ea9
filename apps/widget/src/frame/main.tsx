import "./base.css";
import "./frame.css";
import "./conversation.css";
import "./composer.css";
import { render } from "preact";
import { App } from "./app.tsx";
import { Chat } from "./chat.ts";
import { chooseLang, paintAccent, readConfig } from "./config.ts";
import { createParent } from "./parent.ts";
import { createTexts } from "./texts.ts";
import { ToolsContext } from "./use-chat.ts";

/** So long the page is waited for, to say who its user is. */
const patienceMs = 1_500;

const config = readConfig();
const lang = chooseLang(config);
const texts = createTexts(lang);
const chat = new Chat(config, lang);
document.documentElement.lang = lang;
paintAccent(config);

const parent = createParent(config.key, {
  setOpen(open) {
    chat.setVisible(open);
    if (open) document.querySelector("textarea")?.focus();
  },
  identify: (identity) => chat.identify(identity),
});
if (!parent.framed) chat.setVisible(true);

addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.defaultPrevented) parent.post("close");
});

render(
  <ToolsContext.Provider value={{ chat, texts, config }}>
    <App parent={parent} />
  </ToolsContext.Provider>,
  document.body,
);
chat.start({
  unread: (count) => parent.post("unread", { count, label: texts.count(count, "unread") }),
  known: () => parent.post("known"),
  needIdentity: () => parent.post("identify"),
  refused: (why) => parent.post("identity_refused", { why }),
});
parent.post("ready");
// A page without a word about its user, or with an older loader, does not say so.
if (!parent.framed) chat.identify(null);
else setTimeout(() => chat.begin(), patienceMs);
