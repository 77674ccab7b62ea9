import http from "node:http";
import https from "node:https";
import type { LookupFunction } from "node:net";
import {
  type OutgoingAnswer,
  type OutgoingCall,
  OutgoingFailed,
  type OutgoingHttp,
  OutgoingRefused,
} from "@okno/kit";
import { type AllowList, mayConnect } from "./addresses.ts";
import { failureOf } from "./failure.ts";
import { outgoingProblem } from "./problem.ts";
import { createResolve, type Resolve } from "./resolve.ts";

const defaultTimeoutMs = 20_000;
const longestTimeoutMs = 60_000;
const defaultMaxBytes = 65_536;
/** Connections to one host and port at once; further calls wait, within their own time. */
const mostPerHost = 32;
/** Shorter than the five seconds after which common servers hang up. */
const keptMs = 4_000;

export type OutgoingOptions = { allow: AllowList; userAgent: string; resolve?: Resolve };
export type Outgoing = OutgoingHttp & {
  /** Like `call`, for calls that may reach the other side twice: a kept connection that turns out to be closed is replaced by a fresh one. */
  callAgain(url: string, call: OutgoingCall, signal?: AbortSignal): Promise<OutgoingAnswer>;
  close(): void;
};

/**
 * The look-up of each connection, kept ones aside: what it answers is what is connected to, so a name that answers differently next
 * time changes nothing.
 */
function guardedLookup(allow: AllowList, resolve: Resolve): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname).then(
      (addresses) => {
        const host = hostname.toLowerCase();
        const open = addresses.filter((address) => mayConnect(allow, host, address));
        const found = open.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
        const [first] = found;
        if (!first) callback(new OutgoingRefused("private_address"), "", 0);
        else if (options.all) callback(null, found);
        else callback(null, first.address, first.family);
      },
      (error) =>
        callback(Object.assign(new Error("no address", { cause: error }), { code: "ENOTFOUND" }), "", 0),
    );
  };
}

/** Reads at most `most` bytes. @returns undefined when there is more and that is a failure. */
async function readBody(res: http.IncomingMessage, call: OutgoingCall): Promise<string | undefined> {
  const most = call.maxBytes ?? defaultMaxBytes;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of res as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    // Leaving the loop closes the connection: nobody pours without end into a server that has heard enough.
    if (size > most) {
      if (call.whenLonger === "fail") return undefined;
      break;
    }
  }
  return Buffer.concat(chunks).subarray(0, most).toString("utf8");
}

function plainHeaders(headers: http.IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(", ") : value]],
    ),
  );
}

/** Has the call begun to leave the machine? Until then it may be made again without a second thought. */
function watchSending(req: http.ClientRequest, secure: boolean): () => boolean {
  let sent = false;
  req.once("socket", (socket) => {
    if (req.reusedSocket) sent = true;
    else
      socket.once(secure ? "secureConnect" : "connect", () => {
        sent = true;
      });
  });
  return () => sent;
}

/** Sends the call off. @returns the beginning of the answer. */
function sent(req: http.ClientRequest, body: string | undefined): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    req.once("response", resolve);
    // Stays for what breaks after the answer has begun: reading reports it, nobody else may hear of it.
    req.on("error", reject);
    req.end(body);
  });
}

/** @throws OutgoingRefused */
function failedBy(error: unknown, late: boolean, wasSent: boolean): OutgoingFailed {
  if (error instanceof OutgoingFailed) return error;
  return new OutgoingFailed(late ? "timeout" : failureOf(error), wasSent, { cause: error });
}

/** Makes the guarded client: one for the process, since it keeps connections. */
export function createOutgoing({
  allow,
  userAgent,
  resolve = createResolve(allow),
}: OutgoingOptions): Outgoing {
  const kept = { keepAlive: true, maxSockets: mostPerHost, timeout: keptMs, scheduling: "lifo" } as const;
  const agents = { "http:": new http.Agent(kept), "https:": new https.Agent(kept) };
  const lookup = guardedLookup(allow, resolve);

  function start(url: URL, call: OutgoingCall, signal: AbortSignal): http.ClientRequest {
    const secure = url.protocol === "https:";
    const { request } = secure ? https : http;
    const length = call.body === undefined ? undefined : Buffer.byteLength(call.body);
    return request(url, {
      method: call.method,
      agent: agents[secure ? "https:" : "http:"],
      lookup,
      signal,
      headers: {
        "user-agent": userAgent,
        accept: "*/*",
        ...call.headers,
        ...(length !== undefined && { "content-length": length }),
      },
    });
  }

  async function attempt(
    url: URL,
    call: OutgoingCall,
    ends: readonly AbortSignal[],
  ): Promise<OutgoingAnswer | "stale"> {
    const ended = AbortSignal.any([...ends]);
    const req = start(url, call, ended);
    const wasSent = watchSending(req, url.protocol === "https:");
    let answered = false;
    try {
      const res = await sent(req, call.body);
      answered = true;
      const body = await readBody(res, call);
      if (body === undefined) throw new OutgoingFailed("too_long", true);
      return { status: res.statusCode ?? 0, headers: plainHeaders(res.headers), body };
    } catch (error) {
      const failure = failedBy(error, ended.aborted, wasSent());
      if (failure.why === "protocol" && req.reusedSocket && !answered) return "stale";
      throw failure;
    }
  }

  async function call(
    text: string,
    wanted: OutgoingCall,
    again: boolean,
    stop?: AbortSignal,
  ): Promise<OutgoingAnswer> {
    const problem = outgoingProblem(allow, text);
    if (problem) throw new OutgoingRefused(problem);
    const url = new URL(text);
    const timeoutMs = Math.min(wanted.timeoutMs ?? defaultTimeoutMs, longestTimeoutMs);
    const ends = [AbortSignal.timeout(timeoutMs), ...(stop ? [stop] : [])];
    // Each kept connection may be found closed once; when all are gone the next is a fresh one.
    for (let tried = 0; tried <= mostPerHost; tried++) {
      const answer = await attempt(url, wanted, ends);
      if (answer !== "stale") return answer;
      if (!again) break;
    }
    throw new OutgoingFailed("protocol", true);
  }

  return {
    problem: (url) => outgoingProblem(allow, url),
    call: (url, wanted) => call(url, wanted, false),
    callAgain: (url, wanted, signal) => call(url, wanted, true, signal),
    close() {
      agents["http:"].destroy();
      agents["https:"].destroy();
    },
  };
}
