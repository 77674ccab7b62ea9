import { randomBytes } from "node:crypto";
import {
  type ChannelInstance,
  type ChannelPorts,
  type InboundIdentity,
  type InboundMessage,
  refuse,
} from "@okno/kit";

/** Whom the site has said the visitor is. */
export type SiteUser = { id: string; name?: string; email?: string; phone?: string };

/**
 * Whoever holds the token is the visitor. Without a name: 128 random bits and our signature over them. A user of the site: what the site
 * said, until when we believe it, and our signature over that.
 */
export type Visitor = { id: string; token: string; user?: SiteUser };

/** A user's token lives so long; the page that shows the chat then vouches again. */
const userHours = 12;

const signedVisitor = (id: string) => `visitor\n${id}`;
const signedUser = (content: string) => `user\n${content}`;

export function newVisitor(channel: ChannelInstance, ports: ChannelPorts): Visitor {
  const id = randomBytes(16).toString("hex");
  return { id, token: `${id}.${ports.sign(channel, signedVisitor(id))}` };
}

/** The token of a user whose identity has been checked. */
export function userVisitor(channel: ChannelInstance, ports: ChannelPorts, user: SiteUser): Visitor {
  const until = ports.clock.now().getTime() + userHours * 3_600_000;
  const content = Buffer.from(JSON.stringify({ user, until })).toString("base64url");
  return { id: ownerOf(user), token: `u.${content}.${ports.sign(channel, signedUser(content))}`, user };
}

const ownerOf = (user: SiteUser) => `user ${user.id}`;

function userOf(channel: ChannelInstance, ports: ChannelPorts, token: string): Visitor {
  const [, content = "", signature = ""] = token.split(".", 3);
  if (!ports.checkSignature(channel, signedUser(content), signature)) throw refuse("unauthenticated");
  const { user, until } = JSON.parse(Buffer.from(content, "base64url").toString()) as {
    user: SiteUser;
    until: number;
  };
  if (until <= ports.clock.now().getTime()) throw refuse("unauthenticated");
  return { id: ownerOf(user), token, user };
}

/** @throws unauthenticated for a token that this channel has not signed, or whose time is over. */
export function visitorOf(channel: ChannelInstance, ports: ChannelPorts, token: string): Visitor {
  if (token.startsWith("u.")) return userOf(channel, ports, token);
  const [id = "", signature = ""] = token.split(".", 2);
  if (!/^[0-9a-f]{32}$/u.test(id) || !ports.checkSignature(channel, signedVisitor(id), signature))
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

export function identityOf({ id, user }: Visitor): Pick<InboundIdentity, "kind" | "value"> {
  return user ? { kind: "external", value: user.id } : { kind: "visitor", value: id };
}

/** Who writes, as the core takes it: what the site vouches for is proved. */
export function personOf(visitor: Visitor): Pick<InboundMessage, "from"> & { claims: InboundIdentity[] } {
  const { user } = visitor;
  const from = { ...identityOf(visitor), verified: true, ...(user?.name && { name: user.name }) };
  const claims: InboundIdentity[] = [];
  if (user?.email) claims.push({ kind: "email", value: user.email, verified: true });
  if (user?.phone) claims.push({ kind: "phone", value: user.phone, verified: true });
  return { from, claims };
}
