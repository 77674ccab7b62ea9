import { Readable } from "node:stream";
import type { ChannelAnswer, PageAsset } from "@okno/kit";
import type { FastifyReply, FastifyRequest } from "fastify";
import { deliveryHeaders } from "../files/index.ts";

async function* eventLines(
  events: AsyncIterable<{ event: string; data: unknown; id?: string }>,
): AsyncGenerator<string> {
  yield "retry: 1000\n\n";
  for await (const { event, data, id } of events)
    yield `${id ? `id: ${id}\n` : ""}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}

function sendAsset(req: FastifyRequest, reply: FastifyReply, asset: PageAsset): FastifyReply {
  const zipped = /\bgzip\b/u.test(req.headers["accept-encoding"] ?? "");
  void reply.headers({ "content-type": asset.type, vary: "accept-encoding" });
  if (zipped) void reply.header("content-encoding", "gzip");
  return reply.send(zipped ? asset.gzip : asset.bytes);
}

/** Writes a channel's answer to the wire. */
export async function sendAnswer(
  req: FastifyRequest,
  reply: FastifyReply,
  answer: ChannelAnswer,
): Promise<void> {
  if ("redirect" in answer) await reply.header("cache-control", "no-store").redirect(answer.redirect, 303);
  else if ("html" in answer) {
    const headers = { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" };
    await reply
      .code(answer.status ?? 200)
      .headers({ ...headers, ...answer.headers })
      .send(answer.html);
  } else if ("text" in answer) {
    await reply.headers({ "content-type": answer.type, ...answer.headers }).send(answer.text);
  } else if ("bytes" in answer) {
    await reply.headers({ ...answer.headers, "content-type": answer.type }).send(answer.bytes);
  } else if ("asset" in answer) {
    await sendAsset(req, reply.headers(answer.headers ?? {}), answer.asset);
  } else if ("file" in answer) {
    const { name, type, sizeBytes, stream } = answer.file;
    const headers = deliveryHeaders({ name, media_type: type, size_bytes: sizeBytes });
    await reply.headers(headers).send(stream as Readable);
  } else if ("events" in answer) {
    const headers = {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-cache, no-transform",
      "x-accel-buffering": "no",
      // An ended stream ends its connection: kept alive, it would hold up the stopping of the server.
      connection: "close",
    };
    await reply.headers(headers).send(Readable.from(eventLines(answer.events)));
  } else {
    await reply
      .code(answer.status ?? 200)
      .headers({ "cache-control": "no-store", ...answer.headers })
      .send(answer.json);
  }
}
