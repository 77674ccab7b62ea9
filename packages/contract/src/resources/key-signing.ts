import { z } from "zod";
import { KeyId } from "../ids.ts";
import { Instant } from "../paging.ts";
import { defineRoute } from "../route.ts";

/** How long before and after our clock a signature's `created` may lie. */
export const signatureWindowSeconds = 300;

export const KeySigning = z
  .object({
    algorithm: z.enum(["hmac-sha256", "ed25519"]),
    required: z.boolean().describe("Requests of this key without a signature are refused"),
    publicKey: z.string().nullable().describe("The Ed25519 public key: its 32 bytes in base64"),
    createdAt: Instant,
  })
  .meta({ id: "KeySigning" });
export type KeySigning = z.infer<typeof KeySigning>;

const manage = {
  access: { by: "principal", scope: "members:write", role: "admin" },
  params: z.object({ id: KeyId }),
} as const;

/** Requests of a key signed by RFC 9421 (HTTP Message Signatures), beside its bearer secret. */
export const keySigningRoutes = {
  get: defineRoute({
    name: "keySigning.get",
    method: "GET",
    path: "/v1/keys/{id}/signing",
    summary: "How a key's requests are signed; null where they are not",
    ...manage,
    rate: "read",
    success: { status: 200, schema: z.object({ signing: KeySigning.nullable() }) },
    errors: ["not_found"],
  }),
  put: defineRoute({
    name: "keySigning.put",
    method: "PUT",
    path: "/v1/keys/{id}/signing",
    summary:
      "Let a key sign its requests (RFC 9421): by an HMAC secret, answered this once, or by an Ed25519 key of your own",
    ...manage,
    rate: "write",
    body: z.object({
      algorithm: z.enum(["hmac-sha256", "ed25519"]),
      publicKey: z
        .string()
        .max(400)
        .optional()
        .describe(
          "For ed25519: the public key's 32 bytes in base64, or its SubjectPublicKeyInfo in base64 or PEM",
        ),
      required: z.boolean().default(true),
    }),
    success: {
      status: 200,
      schema: KeySigning.extend({
        secret: z
          .string()
          .nullable()
          .describe("For hmac-sha256: the secret's 32 bytes in base64; shown this once")
          .meta({ personal: true }),
      }),
    },
    errors: ["not_found"],
  }),
  remove: defineRoute({
    name: "keySigning.remove",
    method: "DELETE",
    path: "/v1/keys/{id}/signing",
    summary: "The key's requests are signed no more",
    ...manage,
    rate: "write",
    success: { status: 204 },
    errors: ["not_found"],
  }),
} as const;
