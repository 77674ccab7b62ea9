import { randomBytes } from "node:crypto";
import { type ChannelInstance, type ChannelPorts, refuse } from "@okno/kit";

/** A visitor is known by 128 random bits and our signature over them: whoever holds the token is the visitor. */
export type Visitor = { id: string; token: string };

const signed = (id: string) => `visitor\n${id}`;

export function newVisitor(channel: ChannelInstance, ports: ChannelPorts): Visitor {
  const id = randomBytes(16).toString("hex");
  return { id, token: `${id}.${ports.sign(channel, signed(id))}` };
}

/** @throws unauthenticated for a token that this channel has not signed. */
export function visitorOf(channel: ChannelInstance, ports: ChannelPorts, token: string): Visitor {
  const [id = "", signature = ""] = token.split(".", 2);
  if (!/^[0-9a-f]{32}$/u.test(id) || !ports.checkSignature(channel, signed(id), signature))
    throw refuse("unauthenticated");
  return { id, token };
}

/** The visitor of a call, by its bearer token: never in the address, where logs and histories would keep it. */
export function callingVisitor(
  call: { channel: ChannelInstance; headers: Record<string, string | undefined> },
  ports: ChannelPorts,
): Visitor {
  const token = /^Bearer ([\w.-]+)$/u.exec(call.headers.authorization ?? "")?.[1];
  if (!token) throw refuse("unauthenticated");
  return visitorOf(call.channel, ports, token);
}

export const identityOf = (visitor: Visitor) => ({ kind: "visitor", value: visitor.id }) as const;
