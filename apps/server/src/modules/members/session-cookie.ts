import "@fastify/cookie";
import type { FastifyReply, FastifyRequest } from "fastify";
import { cookieName, sessionCookie } from "./authenticate.ts";

/** Is the console reached by https, here or at the proxy before us? */
export function isSecure(req: FastifyRequest, publicUrl: string | undefined): boolean {
  return req.protocol === "https" || (publicUrl?.startsWith("https:") ?? false);
}

/** Does the browser hold a session of this installation, in force or not? */
export function hasSessionCookie(req: FastifyRequest): boolean {
  return req.cookies[cookieName] !== undefined;
}

type Http = { req: FastifyRequest; reply: FastifyReply };

export function giveSession(
  { req, reply }: Http,
  secret: string,
  now: Date,
  publicUrl: string | undefined,
): void {
  const { name, value, options } = sessionCookie(secret, now, isSecure(req, publicUrl));
  void reply.setCookie(name, value, options);
}

export function takeSession({ req, reply }: Http, now: Date, publicUrl: string | undefined): void {
  const { name, options } = sessionCookie("", now, isSecure(req, publicUrl));
  void reply.clearCookie(name, { ...options, expires: new Date(0) });
}
