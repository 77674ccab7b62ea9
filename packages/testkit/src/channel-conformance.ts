import type { ChannelInstance, ChannelServer, Outbound, Sent } from "@okno/kit";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

/** What every channel promises, whatever it is made of. */
export type Guarantee =
  | "redelivery"
  | "ordering"
  | "unknown event"
  | "bad signature"
  | "long text"
  | "retry classes"
  | "no personal data in logs";

/** A channel's real entrance, as its provider or its customer sees it, with the core behind it. */
export type Entrance = {
  /** Hands over one message; the same `id` again is a redelivery of the same message. true: it was acknowledged. */
  deliver(message: { id: string; body: string }): Promise<boolean>;
  /** The bodies this entrance has brought in, oldest first. */
  stored(): Promise<string[]>;
  /** An event the channel knows nothing of, rightly signed. true: it was acknowledged. */
  deliverUnknown?(): Promise<boolean>;
  /** A message that is not from whom it says. true: it was acknowledged. */
  deliverForged(body: string): Promise<boolean>;
  /** Everything logged so far. */
  logs(): readonly string[];
  /** What belongs to a person in every delivery besides the body: tokens, names, addresses. */
  secrets(): readonly string[];
  close(): Promise<void>;
};

/** One way a provider may answer, and what must follow. */
export type SendCase = {
  when: string;
  respond(): Promise<Response>;
  expected: { ok: true } | { ok: false; retry: "never" | "later" | "after" };
};

export type ChannelUnderTest = {
  server: ChannelServer;
  open(): Promise<Entrance>;
  /** Only for channels that push: a message, the channel it goes by, and the provider's answers. */
  sending?: { message: Outbound; channel: ChannelInstance; cases: readonly SendCase[] };
  /** A guarantee that means nothing for this channel, each with the reason why. */
  skip?: Partial<Record<Guarantee, string>>;
};

const burst = 12;

function retryOf(sent: Sent): SendCase["expected"] {
  if (sent.ok) return { ok: true };
  return { ok: false, retry: typeof sent.retry === "string" ? sent.retry : "after" };
}

/** The words of a channel's flags must be true of the channel. */
function describeCapabilities({ server, sending }: ChannelUnderTest): void {
  const { capabilities, type } = server.manifest;
  test("capability flags say what the channel has", () => {
    expect(server.send !== undefined, "`delivery: push` and `send` come together").toBe(
      capabilities.delivery === "push",
    );
    expect(sending !== undefined, "a channel that pushes shows how it meets its provider's answers").toBe(
      capabilities.delivery === "push",
    );
    expect(server.verify !== undefined, "whoever parses deliveries also verifies them").toBe(
      server.parse !== undefined,
    );
    expect(capabilities.maxLength).toBeGreaterThan(0);
    if (!capabilities.dialogue)
      expect(capabilities.reopenWithinHours, "without a dialogue there is nothing to reopen").toBe(0);
    if (capabilities.delivery === "none") expect(capabilities.readReceipts).toBe(false);
  });
  test("public routes are the channel's own", () => {
    const names = (server.routes ?? []).map(({ route }) => route.name);
    expect(new Set(names).size).toBe(names.length);
    for (const { route } of server.routes ?? []) {
      expect(route.path, "the key says which channel").toContain("{key}");
      expect(route.name.startsWith(`${type}.`), route.name).toBe(true);
      expect(route.access, "a public route asks for no sign-in").toEqual({ by: "anyone" });
      expect(route.rate, "and is limited by address").toMatch(/^(?:public|upload|stream)$/u);
    }
  });
  test("settings of another shape are refused", () => {
    expect(server.manifest.config.safeParse("not settings").success).toBe(false);
  });
}

function describeIntake(under: ChannelUnderTest, entrance: () => Entrance): void {
  const { maxLength } = under.server.manifest.capabilities;
  const guarantee = (name: Guarantee, promise: string, prove: (at: Entrance) => Promise<void>) => {
    const reason = under.skip?.[name];
    if (reason === undefined) test(`${name}: ${promise}`, () => prove(entrance()));
    else if (reason.trim().length < 15) throw new Error(`skipping "${name}" needs a reason`);
    else test.skip(`${name}: skipped, ${reason}`, () => undefined);
  };

  guarantee("redelivery", "a message delivered again and again is stored once", async (at) => {
    const message = { id: "again", body: "дважды доставлено" };
    expect(await at.deliver(message)).toBe(true);
    expect(await Promise.all([at.deliver(message), at.deliver(message)])).toEqual([true, true]);
    expect((await at.stored()).filter((body) => body === message.body)).toHaveLength(1);
  });
  guarantee("ordering", "messages delivered one after another are stored in that order", async (at) => {
    const bodies = Array.from({ length: burst }, (_, i) => `по порядку ${i}`);
    for (const [i, body] of bodies.entries()) expect(await at.deliver({ id: `order-${i}`, body })).toBe(true);
    expect((await at.stored()).filter((body) => body.startsWith("по порядку"))).toEqual(bodies);
  });
  guarantee("unknown event", "it is acknowledged and changes nothing", async (at) => {
    const before = await at.stored();
    expect(await at.deliverUnknown?.()).toBe(true);
    expect(await at.stored()).toEqual(before);
  });
  guarantee("bad signature", "what is not from whom it says is refused and not stored", async (at) => {
    expect(await at.deliverForged("подделка")).toBe(false);
    expect(await at.stored()).not.toContain("подделка");
  });
  guarantee(
    "long text",
    "the longest is stored whole; beyond it nothing is cut off in silence",
    async (at) => {
      const longest = "д".repeat(maxLength);
      expect(await at.deliver({ id: "longest", body: longest })).toBe(true);
      expect(await at.stored()).toContain(longest);
      const longer = "ю".repeat(maxLength + 1);
      const taken = await at.deliver({ id: "longer", body: longer });
      const kept = (await at.stored()).filter((body) => body.startsWith("ю"));
      expect(kept.join("")).toBe(taken ? longer : "");
    },
  );
  guarantee("no personal data in logs", "neither words nor names nor tokens are logged", async (at) => {
    await at.deliver({ id: "secret", body: "слово-для-журнала-запретное" });
    await at.deliverForged("подделка-для-журнала-запретная");
    const logged = at.logs().join("\n");
    expect(logged).not.toContain("запретн");
    for (const secret of at.secrets()) expect(logged).not.toContain(secret);
  });
}

function describeSending({ server, sending, skip }: ChannelUnderTest): void {
  const { send } = server;
  if (!send || !sending) {
    test.skip("retry classes: skipped, the channel does not push", () => undefined);
    return;
  }
  if (skip?.["retry classes"]) throw new Error("a channel that pushes always has retry classes");
  const clock = { now: () => new Date("2026-01-01T00:00:00Z") };
  test.each(sending.cases)("retry classes: $when", async ({ respond, expected }) => {
    const sent = await send(sending.message, sending.channel, { fetch: respond, clock });
    expect(retryOf(sent)).toEqual(expected);
  });
  test("retry classes: a provider that does not answer is tried later", async () => {
    const dead = () => Promise.reject(new TypeError("fetch failed"));
    const sent = await send(sending.message, sending.channel, { fetch: dead, clock });
    expect(retryOf(sent)).toEqual({ ok: false, retry: "later" });
  });
}

/**
 * The suite that every channel passes, on its real entrance with the core behind it. What it needs of a channel is told by
 * `ChannelUnderTest`; a guarantee can be left out only with a reason.
 */
export function channelConformance(under: ChannelUnderTest): void {
  describe(`channel ${under.server.manifest.type}`, () => {
    let opened: Entrance | undefined;
    beforeAll(async () => {
      opened = await under.open();
    });
    afterAll(() => opened?.close());
    describeCapabilities(under);
    describeIntake(under, () => {
      if (!opened) throw new Error("the entrance did not open");
      return opened;
    });
    describeSending(under);
  });
}
