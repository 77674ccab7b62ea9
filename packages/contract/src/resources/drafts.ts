import { z } from "zod";
import { TicketId } from "../ids.ts";
import { Instant, page, pageQuery } from "../paging.ts";
import { defineRoute } from "../route.ts";
import { Draft, DraftInput } from "./messages.ts";

/** More drafts than anybody can have in mind. */
export const maxDraftsPerPerson = 500;

export const BegunDraft = z
  .object({
    ticket: z.object({ id: TicketId, number: z.int(), subject: z.string().meta({ personal: true }) }),
    mode: z.enum(["reply", "note"]),
    preview: z.string().meta({ personal: true }),
    updatedAt: Instant,
  })
  .meta({ id: "BegunDraft" });
export type BegunDraft = z.infer<typeof BegunDraft>;

const id = z.object({ id: TicketId });
const reads = { access: { by: "session" }, rate: "read" } as const;
const writes = { access: { by: "session" }, rate: "write" } as const;

export const draftRoutes = {
  list: defineRoute({
    name: "drafts.list",
    method: "GET",
    path: "/v1/drafts",
    summary: "What the caller has begun to write and not sent, newest first",
    ...reads,
    query: z.object({ ...pageQuery }),
    success: { status: 200, schema: page(BegunDraft) },
    errors: ["invalid_cursor"],
  }),
  get: defineRoute({
    name: "drafts.get",
    method: "GET",
    path: "/v1/tickets/{id}/draft",
    summary: "The caller's draft in a ticket; an empty one of version 0 where there is none",
    ...reads,
    params: id,
    success: { status: 200, schema: Draft },
    errors: ["not_found"],
  }),
  put: defineRoute({
    name: "drafts.put",
    method: "PUT",
    path: "/v1/tickets/{id}/draft",
    summary: "Keep the caller's draft in a ticket; an empty one is removed",
    ...writes,
    params: id,
    body: DraftInput,
    success: { status: 200, schema: Draft },
    errors: ["not_found", "version_conflict", "limit_reached"],
  }),
  remove: defineRoute({
    name: "drafts.remove",
    method: "DELETE",
    path: "/v1/tickets/{id}/draft",
    summary: "Throw the caller's draft in a ticket away",
    ...writes,
    params: id,
    success: { status: 204 },
    errors: ["not_found"],
  }),
} as const;
