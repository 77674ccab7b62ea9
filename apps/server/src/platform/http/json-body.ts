import { refuse } from "@okno/kit";
import type { FastifyInstance, FastifyRequest } from "fastify";

/** Deeper than any documented body; stops a bomb before anything walks it. */
const maxDepth = 32;
const quote = 34;
const backslash = 92;
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false });

/** The deepest nesting of brackets outside of strings. */
export function jsonDepth(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === quote) i = endOfString(text, i);
    else if (c === 123 || c === 91) deepest = Math.max(deepest, ++depth);
    else if (c === 125 || c === 93) depth--;
  }
  return deepest;
}

/** Where the string that begins at `from` ends; a quote behind a backslash does not end it. */
function endOfString(text: string, from: number): number {
  let i = from + 1;
  while (i < text.length && text.charCodeAt(i) !== quote) i += text.charCodeAt(i) === backslash ? 2 : 1;
  return i;
}

/** Bytes → JSON. @throws invalid_json for bytes that are not UTF-8, text that is not JSON, nesting beyond 32 levels. */
export function parseJson(bytes: Buffer): unknown {
  if (bytes.length === 0) return undefined;
  try {
    const text = utf8.decode(bytes);
    if (jsonDepth(text) > maxDepth) throw new Error("too deep");
    return JSON.parse(text, undefined);
  } catch (error) {
    throw Object.assign(refuse("invalid_json"), { cause: error });
  }
}

const bodies = new WeakMap<FastifyRequest, Buffer>();

/** The bytes of a JSON body as they came: what a signature covers. Undefined where there was none. */
export function bytesOf(req: FastifyRequest): Buffer | undefined {
  return bodies.get(req);
}

/** Bytes → text. @throws invalid_json for bytes that are not UTF-8. */
function textOf(bytes: Buffer): string {
  try {
    return utf8.decode(bytes);
  } catch (error) {
    throw Object.assign(refuse("invalid_json"), { cause: error });
  }
}

export function registerJsonBody(app: FastifyInstance): void {
  app.removeContentTypeParser(["application/json", "text/plain"]);
  app.addContentTypeParser("application/json", { parseAs: "buffer" }, (req, bytes, done) => {
    try {
      bodies.set(req, bytes as Buffer);
      const { keepsText } = req.routeOptions.config as { keepsText?: boolean };
      done(null, keepsText ? textOf(bytes as Buffer) : parseJson(bytes as Buffer));
    } catch (error) {
      done(error as Error);
    }
  });
}
