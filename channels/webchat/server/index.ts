import { toPublicId } from "@okno/contract";
import {
  type ChannelInstance,
  type ChannelPorts,
  type ChannelServer,
  channelRoute,
  defineChannel,
  fileHandle,
  filesByHandle,
  type InboundMessage,
  refuse,
} from "@okno/kit";
import { webchatRoutes } from "../contract.ts";
import { type WebchatConfig, webchatChannel } from "../manifest.ts";
import { deskOf } from "./desk.ts";
import { checkIdentity } from "./identity.ts";
import { frameAsset, framePage, loaderScript } from "./pages.ts";
import { externalIdOf, presentCompletion, presentConfig, presentMessage } from "./present.ts";
import { conversationEvents } from "./stream.ts";
import { transcript } from "./transcript.ts";
import { callingVisitor, identityOf, newVisitor, personOf, userVisitor, visitorOf } from "./visitor.ts";

/** Who calls: the user whom the site vouches for, else the holder of the token, else somebody new. */
async function arrivingVisitor(
  channel: ChannelInstance,
  ports: ChannelPorts,
  { token, identity }: { token?: string | undefined; identity?: string | undefined },
) {
  const known = token === undefined ? undefined : visitorOf(channel, ports, token);
  const checked =
    identity === undefined
      ? undefined
      : await checkIdentity(identity, await ports.secrets(channel), ports.clock.now());
  if (!checked?.ok) return { visitor: known ?? newVisitor(channel, ports), checked };
  const visitor = userVisitor(channel, ports, checked.user);
  // What was said before signing in goes along.
  if (known && !known.user) await ports.join(channel, identityOf(known), personOf(visitor));
  return { visitor, checked };
}

const session = channelRoute(webchatRoutes.session, async ({ channel, body }, ports) => {
  const { visitor, checked } = await arrivingVisitor(channel, ports, body);
  const said = await ports.conversation(channel, identityOf(visitor), { limit: 50 });
  return {
    json: {
      token: visitor.token,
      messages: said.messages.map((message) => presentMessage(visitor, message)),
      more: said.more,
      closed: said.closed,
      completion: presentCompletion(channel, said.completion),
      identity: checked ? (checked.ok ? { accepted: true } : { accepted: false, why: checked.why }) : null,
    },
  };
});

const messages = channelRoute(webchatRoutes.messages, async (call, ports) => {
  const visitor = callingVisitor(call, ports);
  const { before, limit } = call.query;
  const found = await ports.conversation(call.channel, identityOf(visitor), {
    limit,
    ...(before && { beforeId: before }),
  });
  return {
    json: {
      messages: found.messages.map((message) => presentMessage(visitor, message)),
      more: found.more,
    },
  };
});

const send = channelRoute(webchatRoutes.send, async (call, ports) => {
  const visitor = callingVisitor(call, ports);
  const { externalId, body, attachments, name, email, phone, locale } = call.body;
  const { from, claims } = personOf(visitor);
  const message: InboundMessage = {
    externalId: externalIdOf(visitor, externalId),
    from: { ...from, ...(!from.name && name && { name }), ...(locale && { locale }) },
    claims: [
      ...claims,
      ...(email ? [{ kind: "email", value: email, verified: false } as const] : []),
      ...(phone ? [{ kind: "phone", value: phone, verified: false } as const] : []),
    ],
    body,
    attachments: filesByHandle({ channel: call.channel, ports, owner: visitor.id }, attachments),
  };
  const { messageId, duplicate } = await ports.receive(call.channel, message);
  const id = toPublicId("message", messageId);
  return {
    status: duplicate ? 200 : 201,
    json: { id, externalId, at: ports.clock.now().toISOString(), duplicate },
  };
});

const upload = channelRoute(webchatRoutes.upload, async (call, ports) => {
  const { channel } = call;
  const visitor = callingVisitor(call, ports);
  const part = await call.file();
  if (!part) throw refuse("invalid_request", {}, [{ pointer: "/file", message: "no file was sent" }]);
  const { file, type, sizeBytes, inline } = await ports.storeFile(channel, { ...part, uploader: visitor.id });
  const handle = fileHandle({ channel, ports, owner: visitor.id }, file);
  return { status: 201, json: { handle, name: file.name, type, sizeBytes, inline } };
});

const file = channelRoute(webchatRoutes.file, async (call, ports) => {
  const visitor = callingVisitor(call, ports);
  const found = await ports.openFile(call.channel, identityOf(visitor), call.params.id);
  if (!found) throw refuse("not_found");
  return { file: found };
});

const seen = channelRoute(webchatRoutes.seen, async (call, ports) => {
  const visitor = callingVisitor(call, ports);
  await ports.markSeen(call.channel, identityOf(visitor), call.body.upTo, call.body.status);
  return { json: {} };
});

const typing = channelRoute(webchatRoutes.typing, async (call, ports) => {
  const visitor = callingVisitor(call, ports);
  await ports.typing(call.channel, identityOf(visitor), call.body.typing);
  return { json: {} };
});

const rate = channelRoute(webchatRoutes.rate, async (call, ports) => {
  const visitor = callingVisitor(call, ports);
  const { completion, score, words } = call.body;
  const scale = (call.channel.config as WebchatConfig).rating;
  if (scale === "off") throw refuse("not_found");
  if (scale === "two" && score !== 1 && score !== 5)
    throw refuse("invalid_request", {}, [{ pointer: "/score", message: "1 is bad, 5 is good" }]);
  const answer = { completion, scale, score, words: words || null };
  return { json: await ports.rate(call.channel, identityOf(visitor), answer) };
});

const stream = channelRoute(webchatRoutes.stream, async (call, ports) => {
  const visitor = callingVisitor(call, ports);
  return { events: conversationEvents(call, ports, visitor) };
});

/** The chat's server half: everything a visitor may do, each within the visitor's own conversation. */
export const webchatServer: ChannelServer = defineChannel({
  manifest: webchatChannel,
  routes: [
    session,
    messages,
    send,
    upload,
    file,
    seen,
    typing,
    rate,
    channelRoute(webchatRoutes.transcript, async (call, ports) =>
      transcript(call.channel, ports, callingVisitor(call, ports), {
        format: call.query.format,
        lang: call.query.lang,
      }),
    ),
    stream,
    channelRoute(webchatRoutes.desk, async ({ channel }, ports) => ({ json: await deskOf(channel, ports) })),
    channelRoute(webchatRoutes.config, async ({ channel }, ports) => ({
      json: { ...presentConfig(channel), desk: await deskOf(channel, ports) },
    })),
    channelRoute(webchatRoutes.loader, async ({ channel }, ports) => loaderScript(channel, ports)),
    channelRoute(webchatRoutes.frame, async ({ channel, query }, ports) =>
      framePage(channel, ports, query.lang),
    ),
    channelRoute(webchatRoutes.asset, async ({ params, query }, ports) =>
      frameAsset(ports, params.file, query.v),
    ),
  ],
});
