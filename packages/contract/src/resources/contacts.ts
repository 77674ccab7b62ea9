import { z } from "zod";
import { ChannelId, ContactId, IdentityId, ProjectId } from "../ids.ts";
import { Instant, page, pageQuery } from "../paging.ts";
import { defineRoute } from "../route.ts";
import { body, line } from "../text.ts";
import { ContactFieldValue, ContactFieldValues } from "./contact-fields.ts";
import { SearchText } from "./search-text.ts";

export const IdentityKind = z.enum(["email", "phone", "visitor", "external"]).meta({ id: "IdentityKind" });
export type IdentityKind = z.infer<typeof IdentityKind>;

export const Identity = z
  .object({
    id: IdentityId,
    kind: IdentityKind,
    value: z.string().meta({ personal: true }),
    verified: z.boolean().describe("false: the customer claims it, nobody has proved it"),
    channel: ChannelId.nullable().describe("The channel that alone can tell this identity apart"),
  })
  .meta({ id: "Identity" });
export type Identity = z.infer<typeof Identity>;

export const Contact = z
  .object({
    id: ContactId,
    project: ProjectId,
    name: z.string().nullable().meta({ personal: true }),
    locale: z.string().nullable(),
    note: z.string().meta({ personal: true }),
    fields: ContactFieldValues,
    identities: z.array(Identity),
    ticketCount: z.int().describe("Counted up to 1000"),
    createdAt: Instant,
    lastSeenAt: Instant.nullable().describe("When the customer last wrote; null when never"),
    mergedInto: ContactId.nullable().describe(
      "Set when the id asked for was merged away: this contact, which answers in its stead",
    ),
    merged: z
      .array(
        z.object({ contact: ContactId, name: z.string().nullable().meta({ personal: true }), at: Instant }),
      )
      .describe("Contacts taken in by this one, the newest first; each may be given back"),
    duplicates: z
      .array(
        z.object({
          contact: ContactId,
          name: z.string().nullable().meta({ personal: true }),
          kind: IdentityKind,
          value: z.string().meta({ personal: true }),
        }),
      )
      .describe("Others of the project with the same address, proved in one place and claimed in the other"),
    version: z.int(),
  })
  .meta({ id: "Contact" });
export type Contact = z.infer<typeof Contact>;

const Email = z
  .email()
  .max(254)
  .overwrite((value) => value.normalize("NFC").toLowerCase())
  .meta({ personal: true });
const Phone = z.string().max(40).describe("Any spelling; kept as E.164").meta({ personal: true });

/** Who asks, as an integrator gives it. Addresses given by a key are taken as verified by the integrator. */
export const ContactInput = z
  .object({
    id: ContactId.optional().describe("A known contact, named instead of described"),
    name: line(200).optional().meta({ personal: true }),
    email: Email.optional(),
    phone: Phone.optional(),
  })
  .refine(({ id, name, email, phone }) => id === undefined || (name ?? email ?? phone) === undefined, {
    error: "a contact named by its id is not described as well",
    path: ["id"],
  })
  .meta({ id: "ContactInput" });
export type ContactInput = z.infer<typeof ContactInput>;

/** An address that people write down; what a channel alone can tell apart is made by the channel. */
const NewIdentity = z.object({
  kind: z.enum(["email", "phone"]),
  value: line(254).meta({ personal: true }),
  verified: z.boolean().default(true).describe("false: heard, but not proved"),
});

const note = body(5000).or(z.literal("")).meta({ personal: true });
const locale = z
  .string()
  .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/u)
  .max(20);

const id = z.object({ id: ContactId });
const identity = z.object({ id: ContactId, identity: IdentityId });
const write = {
  access: { by: "principal", scope: "contacts:write", role: "operator" },
  rate: "write",
} as const;

export const contactRoutes = {
  list: defineRoute({
    name: "contacts.list",
    method: "GET",
    path: "/v1/contacts",
    summary: "Customers the caller may see, the newest first; `q`: by parts of names, e-mails and phones",
    access: { by: "principal", scope: "contacts:read", role: "operator" },
    rate: "read",
    query: z.object({ ...pageQuery, q: SearchText.optional(), project: ProjectId.optional() }),
    success: { status: 200, schema: page(Contact) },
    errors: ["invalid_cursor"],
  }),
  get: defineRoute({
    name: "contacts.get",
    method: "GET",
    path: "/v1/contacts/{id}",
    summary: "A contact with its identities; of a merged one, the contact that took it in",
    access: { by: "principal", scope: "contacts:read", role: "operator" },
    rate: "read",
    params: id,
    success: { status: 200, schema: Contact },
    errors: ["not_found"],
  }),
  create: defineRoute({
    name: "contacts.create",
    method: "POST",
    path: "/v1/contacts",
    summary: "Write down a customer; refused, with who has it, when a proved address is known already",
    ...write,
    body: z.object({
      project: ProjectId.optional().describe("The workspace's first project if absent"),
      name: line(200).optional().meta({ personal: true }),
      email: Email.optional(),
      phone: Phone.optional(),
      note: note.optional(),
    }),
    success: { status: 201, schema: Contact },
    errors: ["unknown_reference", "already_exists"],
  }),
  update: defineRoute({
    name: "contacts.update",
    method: "PATCH",
    path: "/v1/contacts/{id}",
    summary: "Change a contact's name, language, note or custom fields",
    ...write,
    params: id,
    body: z.object({
      name: line(200).nullable().optional().meta({ personal: true }),
      locale: locale.nullable().optional(),
      note: note.optional(),
      fields: z
        .record(z.string().max(40), ContactFieldValue.nullable())
        .optional()
        .describe("By field id; null takes a value away, fields not named stay as they are")
        .meta({ personal: true }),
      version: z.int(),
    }),
    success: { status: 200, schema: Contact },
    errors: ["not_found", "version_conflict", "unknown_reference"],
  }),
  addIdentity: defineRoute({
    name: "contacts.addIdentity",
    method: "POST",
    path: "/v1/contacts/{id}/identities",
    summary: "Add an e-mail or phone; refused, with who has it, when another contact does",
    ...write,
    params: id,
    body: NewIdentity,
    success: { status: 201, schema: Contact },
    errors: ["not_found", "already_exists", "limit_reached"],
  }),
  updateIdentity: defineRoute({
    name: "contacts.updateIdentity",
    method: "PATCH",
    path: "/v1/contacts/{id}/identities/{identity}",
    summary: "Correct an e-mail or phone, or say that it was proved",
    ...write,
    params: identity,
    body: z.object({
      value: line(254).optional().meta({ personal: true }),
      verified: z.boolean().optional(),
    }),
    success: { status: 200, schema: Contact },
    errors: ["not_found", "already_exists", "in_use"],
  }),
  removeIdentity: defineRoute({
    name: "contacts.removeIdentity",
    method: "DELETE",
    path: "/v1/contacts/{id}/identities/{identity}",
    summary: "Remove an e-mail or phone; what a conversation hangs on cannot be removed",
    ...write,
    params: identity,
    success: { status: 200, schema: Contact },
    errors: ["not_found", "in_use"],
  }),
  merge: defineRoute({
    name: "contacts.merge",
    method: "POST",
    path: "/v1/contacts/{id}/merge",
    summary: "Two contacts are one person: everything of this one goes to the other",
    ...write,
    params: id,
    body: z.object({ into: ContactId }),
    success: { status: 200, schema: Contact },
    errors: ["not_found", "unknown_reference"],
  }),
  unmerge: defineRoute({
    name: "contacts.unmerge",
    method: "POST",
    path: "/v1/contacts/{id}/unmerge",
    summary:
      "They are two after all: this one gets back what it had, and what has come by its identities since",
    ...write,
    params: id,
    success: { status: 200, schema: Contact },
    errors: ["not_found"],
  }),
} as const;
