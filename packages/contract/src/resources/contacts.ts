import { z } from "zod";
import { ContactId, IdentityId, ProjectId } from "../ids.ts";
import { Instant } from "../paging.ts";
import { defineRoute } from "../route.ts";
import { body, line } from "../text.ts";

export const IdentityKind = z.enum(["email", "phone", "visitor", "external"]).meta({ id: "IdentityKind" });
export type IdentityKind = z.infer<typeof IdentityKind>;

export const Identity = z
  .object({
    id: IdentityId,
    kind: IdentityKind,
    value: z.string().meta({ personal: true }),
    verified: z.boolean().describe("false: the customer claims it, nobody has proved it"),
  })
  .meta({ id: "Identity" });
export type Identity = z.infer<typeof Identity>;

export const Contact = z
  .object({
    id: ContactId,
    project: ProjectId,
    name: z.string().nullable().meta({ personal: true }),
    locale: z.string().nullable(),
    note: z.string(),
    identities: z.array(Identity),
    ticketCount: z.int(),
    createdAt: Instant,
    version: z.int(),
  })
  .meta({ id: "Contact" });
export type Contact = z.infer<typeof Contact>;

/** Who asks, as an integrator gives it. Addresses given by a key are taken as verified by the integrator. */
export const ContactInput = z
  .object({
    name: line(200).optional().meta({ personal: true }),
    email: z
      .email()
      .max(254)
      .overwrite((value) => value.normalize("NFC").toLowerCase())
      .optional()
      .meta({ personal: true }),
    phone: z.string().max(40).optional().describe("Any spelling; kept as E.164").meta({ personal: true }),
  })
  .meta({ id: "ContactInput" });
export type ContactInput = z.infer<typeof ContactInput>;

const id = z.object({ id: ContactId });

export const contactRoutes = {
  get: defineRoute({
    name: "contacts.get",
    method: "GET",
    path: "/v1/contacts/{id}",
    summary: "A contact with its identities",
    access: { by: "principal", scope: "contacts:read", role: "operator" },
    rate: "read",
    params: id,
    success: { status: 200, schema: Contact },
    errors: ["not_found"],
  }),
  update: defineRoute({
    name: "contacts.update",
    method: "PATCH",
    path: "/v1/contacts/{id}",
    summary: "Change a contact's name or note",
    access: { by: "principal", scope: "contacts:write", role: "operator" },
    rate: "write",
    params: id,
    body: z.object({
      name: line(200).optional(),
      note: body(5000).or(z.literal("")).optional(),
      version: z.int(),
    }),
    success: { status: 200, schema: Contact },
    errors: ["not_found", "version_conflict"],
  }),
} as const;
