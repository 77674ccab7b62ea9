import type { ChannelCall, ChannelInstance, UploadedFile } from "@okno/kit";
import type { FastifyReply, FastifyRequest } from "fastify";

/** Drains the part of a file input in which nothing was chosen: browsers send it empty and without a name. */
function chosen(name: string | undefined, stream: NodeJS.ReadableStream): UploadedFile | undefined {
  if (name) return { name, stream };
  stream.resume();
  return undefined;
}

async function readForm(req: FastifyRequest): ReturnType<ChannelCall["form"]> {
  const fields: Record<string, string> = {};
  if (!req.isMultipart()) {
    for (const [name, value] of Object.entries(req.body ?? {})) fields[name] = String(value);
    return { fields, file: undefined };
  }
  for await (const part of req.parts()) {
    if (part.type === "field") {
      fields[part.fieldname] = String(part.value);
      continue;
    }
    const file = chosen(part.filename, part.file);
    if (file) return { fields, file };
  }
  return { fields, file: undefined };
}

/** One request as a channel's handler sees it. */
export function callOf(
  channel: ChannelInstance,
  { params, query, body }: { params: unknown; query: unknown; body: unknown },
  req: FastifyRequest,
  { reply, stopping }: { reply: FastifyReply; stopping: AbortSignal },
): ChannelCall {
  const gone = new AbortController();
  reply.raw.once("close", () => gone.abort());
  const headers = Object.fromEntries(
    Object.entries(req.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(", ") : value,
    ]),
  );
  return {
    channel,
    params,
    query,
    body,
    headers,
    address: req.ip,
    requestId: req.id,
    async file() {
      const part = await req.file();
      return part && { name: part.filename, stream: part.file };
    },
    form: () => readForm(req),
    signal: AbortSignal.any([gone.signal, stopping]),
  };
}
