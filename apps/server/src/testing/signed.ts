import { randomUUID } from "node:crypto";
import type { Scope } from "@okno/contract";
import {
  contentDigest,
  type HttpSigningKey,
  mintEd25519Keys,
  type SignatureParameters,
  signRequest,
} from "@okno/signing";
import type { TestApp } from "./test-app.ts";

/** An API key whose requests are signed. */
export type Signer = { id: string; bearer: string; key: HttpSigningKey };

export async function createSigner(
  { client }: Pick<TestApp, "client">,
  scopes: Scope[],
  {
    algorithm = "hmac-sha256",
    required = true,
  }: Partial<Pick<HttpSigningKey, "algorithm">> & { required?: boolean } = {},
): Promise<Signer> {
  const made = await client.keys.create({ body: { name: "Подпись", role: "owner", scopes } });
  const params = { id: made.key.id };
  if (algorithm === "ed25519") {
    const { privateKey, publicKey } = mintEd25519Keys();
    const body = { algorithm, publicKey: Buffer.from(publicKey).toString("base64"), required };
    await client.keySigning.put({ params, body });
    return { id: params.id, bearer: made.secret, key: { algorithm, privateKey } };
  }
  const { secret } = await client.keySigning.put({ params, body: { algorithm, required } });
  return {
    id: params.id,
    bearer: made.secret,
    key: { algorithm, secret: Buffer.from(secret ?? "", "base64") },
  };
}

/** A request as it goes out. */
export type Wire = { method: string; path: string; body?: string; headers: Record<string, string> };
export type Signing = { components?: string[]; parameters?: SignatureParameters };
type Asked = { method?: string; path?: string; body?: unknown; headers?: Record<string, string> };

/** A request signed as integrators are told to, unless `signing` says otherwise. */
export function signed(
  { url, clock }: Pick<TestApp, "url" | "clock">,
  { bearer, key }: Signer,
  { method = "POST", path = "/v1/tickets", body, headers: more = {} }: Asked,
  { components, parameters }: Signing = {},
): Wire {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const headers: Record<string, string> = {
    authorization: `Bearer ${bearer}`,
    ...(text !== undefined && { "content-type": "application/json", "content-digest": contentDigest(text) }),
    ...(method === "POST" && { "idempotency-key": randomUUID() }),
    ...more,
  };
  const usual = ["@method", "@target-uri", "content-digest", "idempotency-key"];
  const signature = signRequest(
    { method, url: `${url}${path}`, headers, body: text ?? "" },
    {
      components: components ?? usual.filter((each) => each.startsWith("@") || each in headers),
      parameters: { created: Math.floor(clock.now().getTime() / 1000), nonce: randomUUID(), ...parameters },
      key,
    },
  );
  return { method, path, ...(text !== undefined && { body: text }), headers: { ...headers, ...signature } };
}

type Answered = {
  status: number;
  code?: string;
  details?: Record<string, unknown>;
  json: Record<string, unknown>;
};

export async function send(
  { url }: Pick<TestApp, "url">,
  { method, path, body, headers }: Wire,
): Promise<Answered> {
  const res = await fetch(`${url}${path}`, { method, headers, ...(body !== undefined && { body }) });
  const json = (await res.json()) as Record<string, unknown>;
  return { ...(json as Pick<Answered, "code" | "details">), json, status: res.status };
}
