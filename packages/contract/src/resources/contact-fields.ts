import { z } from "zod";
import { ContactFieldId, ProjectId } from "../ids.ts";
import { Instant } from "../paging.ts";
import { defineRoute } from "../route.ts";
import { line } from "../text.ts";

/** More than this and a card is a form. */
export const contactFieldsPerProject = 30;

export const contactFieldKinds = ["text", "number", "date", "choice", "boolean", "link"] as const;
export const ContactFieldKind = z.enum(contactFieldKinds).meta({ id: "ContactFieldKind" });
export type ContactFieldKind = z.infer<typeof ContactFieldKind>;

/** A value, as its kind has it: text, choice, link and date (`2026-05-31`) as text. */
export const ContactFieldValue = z
  .union([line(1000), z.number(), z.boolean()])
  .meta({ id: "ContactFieldValue" });
export type ContactFieldValue = z.infer<typeof ContactFieldValue>;

/** Values by field id. */
export const ContactFieldValues = z
  .record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
  .describe("By field id; also of fields that were taken out of use since")
  .meta({ personal: true });

export const ContactField = z
  .object({
    id: ContactFieldId,
    project: ProjectId,
    kind: ContactFieldKind,
    name: z.string(),
    choices: z.array(z.string()),
    archivedAt: Instant.nullable().describe("Out of use since: values stay readable"),
  })
  .meta({ id: "ContactField" });
export type ContactField = z.infer<typeof ContactField>;

const choices = z
  .array(line(100))
  .max(50)
  .overwrite((names) => [...new Set(names)]);
const write = {
  access: { by: "principal", scope: "settings:write", role: "admin" },
  rate: "write",
} as const;
const id = z.object({ id: ContactFieldId });

export const contactFieldRoutes = {
  list: defineRoute({
    name: "contactFields.list",
    method: "GET",
    path: "/v1/contact-fields",
    summary: "What the caller's projects keep of their customers, in order; those out of use last",
    access: { by: "principal", scope: "settings:read", role: "operator" },
    rate: "read",
    query: z.object({ project: ProjectId.optional() }),
    success: { status: 200, schema: z.object({ data: z.array(ContactField) }) },
    errors: [],
  }),
  create: defineRoute({
    name: "contactFields.create",
    method: "POST",
    path: "/v1/contact-fields",
    summary: "Add a field to a project's contacts",
    ...write,
    body: z
      .object({
        project: ProjectId,
        name: line(80),
        kind: ContactFieldKind,
        choices: choices.default([]).describe("For `choice`: at least one"),
      })
      .refine(({ kind, choices: given }) => (kind === "choice") === given.length > 0, {
        error: "a choice has something to choose from, and nothing else has",
        path: ["choices"],
      }),
    success: { status: 201, schema: ContactField },
    errors: ["already_exists", "limit_reached", "unknown_reference"],
  }),
  update: defineRoute({
    name: "contactFields.update",
    method: "PATCH",
    path: "/v1/contact-fields/{id}",
    summary: "Rename a field, change its choices, move it, or bring it back into use",
    ...write,
    params: id,
    body: z.object({
      name: line(80).optional(),
      choices: choices.min(1).optional(),
      place: z
        .int()
        .min(0)
        .max(contactFieldsPerProject)
        .optional()
        .describe("Its place in the order, from 0"),
      archived: z.literal(false).optional(),
    }),
    success: { status: 200, schema: ContactField },
    errors: ["not_found", "already_exists", "limit_reached"],
  }),
  archive: defineRoute({
    name: "contactFields.archive",
    method: "DELETE",
    path: "/v1/contact-fields/{id}",
    summary: "Take a field out of use; values given under it stay readable",
    ...write,
    params: id,
    success: { status: 204 },
    errors: ["not_found"],
  }),
} as const;
