import { toPublicId } from "@okno/contract";
import {
  type ChannelServer,
  channelRoute,
  defineChannel,
  fileHandle,
  filesByHandle,
  type InboundMessage,
  refuse,
} from "@okno/kit";
import { webchatRoutes } from "../contract.ts";
import { webchatChannel } from "../manifest.ts";
import { frameAsset, framePage, loaderScript } from "./pages.ts";
import { externalIdOf, presentConfig, presentMessage } from "./present.ts";
import { conversationEvents } from "./stream.ts";
import { callingVisitor, identityOf, newVisitor, visitorOf } from "./visitor.ts";

const session = channelRoute(webchatRoutes.session, async ({ channel, body }, ports) => {
  if (body.token === undefined) {
    const { token } = newVisitor(channel, ports);
    return { json: { token, messages: [], more: false, closed: false } };
  }
  const visitor = visitorOf(channel, ports, body.token);
  const { messages, more, closed } = await ports.conversation(channel, identityOf(visitor), { limit: 50 });
  const shown = messages.map((message) => presentMessage(visitor, message));
  return { json: { token: visitor.token, messages: shown, more, closed } };
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
  const { externalId, body, attachments, name, email, locale } = call.body;
  const message: InboundMessage = {
    externalId: externalIdOf(visitor, externalId),
    from: { ...identityOf(visitor), verified: true, ...(name && { name }), ...(locale && { locale }) },
    ...(email && { claims: [{ kind: "email", value: email, verified: false }] }),
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
    stream,
    channelRoute(webchatRoutes.config, async ({ channel }) => ({ json: presentConfig(channel) })),
    channelRoute(webchatRoutes.loader, async ({ channel }, ports) => loaderScript(channel, ports)),
    channelRoute(webchatRoutes.frame, async ({ channel, query }, ports) =>
      framePage(channel, ports, query.lang),
    ),
    channelRoute(webchatRoutes.asset, async ({ params, query }, ports) =>
      frameAsset(ports, params.file, query.v),
    ),
  ],
});
