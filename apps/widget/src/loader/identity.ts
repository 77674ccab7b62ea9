type Said = string | null | undefined;
/** A signed identity, or how to get a fresh one. */
type Source = Said | (() => Said | Promise<Said>);

type Site = { identity?: Source; identify?: (source: Source) => void };

const reasons: Record<string, string> = {
  no_secret: "the channel has no secret yet: make one in its settings",
  malformed: "it is not a JWT signed by HS256 with `sub` and `exp`",
  signature: "the signature does not fit any secret of this channel",
  expired: "it has expired: give `oknoChat.identity` a function that fetches a fresh one",
  not_yet: "it is not valid yet: check the clock of your server",
  too_long_valid: "it is valid for longer than 7 days: sign a shorter one",
  subject: "`sub` must be a text of 1 to 200 bytes",
};

/** To the site's developer, who alone can mend it. */
function say(words: string, ...more: unknown[]): void {
  // biome-ignore lint/suspicious/noConsole: the page has no other place to be told of it
  console.error(`Okno chat: ${words}`, ...more);
}

/**
 * What the site says of its user: `data-identity` in the tag, `window.oknoChat.identity` set before or after the script, or
 * `window.oknoChat.identify(…)` at any time; null or nothing when nobody is signed in.
 */
export function createIdentity(fromTag: string | undefined, changed: (said: string | null) => void) {
  const page = window as unknown as { oknoChat?: Site };
  page.oknoChat ??= {};
  const site = page.oknoChat;
  let source: Source = fromTag ?? site.identity;

  async function said(): Promise<string | null> {
    try {
      return (typeof source === "function" ? await source() : source) || null;
    } catch (error) {
      say("the function that should tell who the user is has failed", error);
      return null;
    }
  }
  site.identify = (next) => {
    source = next;
    void said().then(changed);
  };
  return {
    said,
    again: () => void said().then(changed),
    refused(why: string): void {
      say(`the identity was refused: ${reasons[why] ?? why}. The visitor goes on without a name.`);
    },
  };
}
