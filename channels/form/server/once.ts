import { createHash, randomBytes } from "node:crypto";
import { type ChannelInstance, type ChannelPorts, refuse } from "@okno/kit";

type Where = { channel: ChannelInstance; ports: ChannelPorts };

/** One drawing of a form: by it a double click and a reload are recognised, and its writer's page is found again. */
export type Once = { token: string; random: string; issuedAt: number };

const signedOnce = (random: string, issued: string) => `once\n${random}\n${issued}`;
const validMs = 7 * 24 * 3_600_000;

export function newOnce({ channel, ports }: Where): Once {
  const random = randomBytes(16).toString("hex");
  const issuedAt = ports.clock.now().getTime();
  const issued = issuedAt.toString(36);
  return {
    token: `${random}.${issued}.${ports.sign(channel, signedOnce(random, issued))}`,
    random,
    issuedAt,
  };
}

/** undefined for a token that is not ours, or older than a week: the form is then drawn anew with everything typed. */
export function readOnce({ channel, ports }: Where, token: string): Once | undefined {
  const [random = "", issued = "", signature = ""] = token.split(".", 3);
  if (!ports.checkSignature(channel, signedOnce(random, issued), signature)) return undefined;
  const issuedAt = Number.parseInt(issued, 36);
  return ports.clock.now().getTime() - issuedAt > validMs ? undefined : { token, random, issuedAt };
}

/** Whoever holds the address of the private page is the writer. */
export type Writer = { id: string; token: string };

const signedPage = (id: string) => `page\n${id}`;

function writer({ channel, ports }: Where, id: string): Writer {
  return { id, token: `${id}.${ports.sign(channel, signedPage(id))}` };
}

/** The same drawing always leads to the same page: sending it twice cannot make two conversations. */
export function writerOfOnce(where: Where, { random }: Once): Writer {
  const id = where.ports.sign(where.channel, `writer\n${random}`).slice(0, 24);
  return writer(where, id);
}

/** @throws not_found for an address that was not given out by this channel. */
export function writerOfToken(where: Where, token: string): Writer {
  const dot = token.indexOf(".");
  const id = token.slice(0, Math.max(dot, 0));
  if (!where.ports.checkSignature(where.channel, signedPage(id), token.slice(dot + 1)))
    throw refuse("not_found");
  return { id, token };
}

export const identityOf = ({ id }: Writer) => ({ kind: "visitor", value: id }) as const;

/** The same words from the same drawing are one message; other words (somebody went back and wrote more) are another. */
export function externalIdOf({ id }: Writer, { random }: Once, content: unknown): string {
  const digest = createHash("sha256").update(JSON.stringify(content)).digest("hex").slice(0, 24);
  return `${id}:${random}:${digest}`;
}
