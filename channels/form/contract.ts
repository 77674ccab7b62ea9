import { defineRoute, idSchema } from "@okno/contract";
import { z } from "zod";

const key = z.object({ key: z.string().min(1).max(100) });
const own = key.extend({ token: z.string().min(1).max(200) });
const anyone = { access: { by: "anyone" }, rate: "public", params: key } as const;
// What stands here comes out of addresses that people edit: an unknown language is no error.
const view = z.object({
  lang: z.enum(["ru", "en"]).optional().catch(undefined),
  embed: z
    .string()
    .optional()
    .transform((value) => value === "1"),
});
const page = { status: 200, produces: "text/html" } as const;
const form = { rate: "upload", consumes: "application/x-www-form-urlencoded" } as const;

export const formRoutes = {
  page: defineRoute({
    name: "form.page",
    method: "GET",
    path: "/form/{key}",
    summary: "The form",
    ...anyone,
    query: view,
    success: page,
    errors: ["not_found"],
  }),
  submit: defineRoute({
    name: "form.submit",
    method: "POST",
    path: "/form/{key}",
    summary: "Send the form (urlencoded or multipart); leads to the private page of the conversation",
    ...anyone,
    ...form,
    query: view,
    success: page,
    errors: ["not_found", "unsupported_media_type", "payload_too_large"],
  }),
  style: defineRoute({
    name: "form.style",
    method: "GET",
    path: "/form/{key}/style.css",
    summary: "The style of the form's pages, in the project's accent",
    ...anyone,
    query: z.object({ v: z.string().max(40).optional() }),
    success: { status: 200, produces: "text/css" },
    errors: ["not_found"],
  }),
  embed: defineRoute({
    name: "form.embed",
    method: "GET",
    path: "/form/{key}/embed.js",
    summary: "The script that puts the form into a site's page",
    ...anyone,
    success: { status: 200, produces: "text/javascript" },
    errors: ["not_found"],
  }),
  height: defineRoute({
    name: "form.height",
    method: "GET",
    path: "/form/{key}/height.js",
    summary: "Tells the embedding page how tall the form is",
    ...anyone,
    success: { status: 200, produces: "text/javascript" },
    errors: ["not_found"],
  }),
  conversation: defineRoute({
    name: "form.conversation",
    method: "GET",
    path: "/form/{key}/t/{token}",
    summary: "The private page: what was written, what was answered, and a field to write again",
    ...anyone,
    params: own,
    query: view,
    success: page,
    errors: ["not_found"],
  }),
  reply: defineRoute({
    name: "form.reply",
    method: "POST",
    path: "/form/{key}/t/{token}",
    summary: "Write again in the same conversation",
    ...anyone,
    ...form,
    params: own,
    query: view,
    success: page,
    errors: ["not_found", "unsupported_media_type", "payload_too_large"],
  }),
  file: defineRoute({
    name: "form.file",
    method: "GET",
    path: "/form/{key}/t/{token}/files/{id}",
    summary: "A file of the conversation",
    ...anyone,
    params: own.extend({ id: idSchema("attachment") }),
    success: { status: 200, produces: "application/octet-stream" },
    errors: ["not_found"],
  }),
} as const;
