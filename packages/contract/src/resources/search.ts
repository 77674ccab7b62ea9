import { z } from "zod";
import { ContactId, MessageId, ProjectId } from "../ids.ts";
import { Instant, pageQuery } from "../paging.ts";
import { defineRoute } from "../route.ts";
import { SearchText } from "./search-text.ts";
import { Ticket } from "./tickets.ts";

/** The most that is counted: beyond it the answer says "at least". */
export const searchCountCap = 1000;

export const searchProblems = [
  "unknown_value",
  "ambiguous_value",
  "missing_value",
  "not_a_date",
  "stop_word",
  "too_many_parts",
] as const;

/** How a part of the query was understood. */
export const SearchUnderstood = z
  .object({
    start: z.int().describe("Where the part stands in `q`, in UTF-16 units"),
    end: z.int(),
    text: z.string().describe("The part as it was written").meta({ personal: true }),
    as: z.enum(["word", "phrase", "number", "phone", "email", "operator"]),
    operator: z
      .enum(["from", "topic", "label", "assignee", "project", "channel", "phase", "after", "before"])
      .nullable(),
    negated: z.boolean().describe("Tickets with it are left out"),
    values: z
      .array(z.object({ id: z.string().nullable(), name: z.string().meta({ personal: true }) }))
      .describe("What an operator's value stands for: topics, people, …; for dates, the instant"),
    problem: z
      .enum(searchProblems)
      .nullable()
      .describe(
        "`unknown_value`: nothing has this name, so nothing is found by it · `ambiguous_value`: several have it, and any of `values` counts · `missing_value`, `not_a_date`, `stop_word` (too common to be looked for), `too_many_parts`: the part was passed over",
      ),
  })
  .meta({ id: "SearchUnderstood" });
export type SearchUnderstood = z.infer<typeof SearchUnderstood>;

export const SearchHit = z
  .object({
    in: z.enum(["subject", "message", "note", "contact", "number"]),
    message: MessageId.nullable(),
    at: Instant,
    snippet: z
      .array(z.object({ text: z.string().meta({ personal: true }), hit: z.boolean() }))
      .describe("A piece of the text in order; `hit`: what was looked for"),
  })
  .meta({ id: "SearchHit" });
export type SearchHit = z.infer<typeof SearchHit>;

export const SearchResult = z
  .object({
    ticket: Ticket,
    hits: z.array(SearchHit).describe("At most three; none when operators alone were given"),
  })
  .meta({ id: "SearchResult" });
export type SearchResult = z.infer<typeof SearchResult>;

export const SearchTotal = z
  .object({ value: z.int(), more: z.boolean().describe("true: at least so many") })
  .meta({ id: "SearchTotal" });

const read = { access: { by: "principal", scope: "tickets:read", role: "operator" }, rate: "read" } as const;

export const searchRoutes = {
  tickets: defineRoute({
    name: "search.tickets",
    method: "GET",
    path: "/v1/search",
    summary: "Tickets by what is written in and around them: one row a ticket, the latest activity first",
    ...read,
    query: z.object({
      q: SearchText,
      limit: pageQuery.limit.default(20),
      cursor: pageQuery.cursor,
      project: ProjectId.optional(),
    }),
    success: {
      status: 200,
      schema: z.object({
        data: z.array(SearchResult),
        nextCursor: z
          .string()
          .nullable()
          .describe("A page may be shorter than `limit` and still have a next one"),
        total: SearchTotal,
        understood: z.array(SearchUnderstood),
      }),
    },
    errors: ["invalid_cursor"],
  }),
  suggest: defineRoute({
    name: "search.suggest",
    method: "GET",
    path: "/v1/search/suggest",
    summary: "Customers whose name or address begins so: for completing `from:`",
    access: { by: "principal", scope: "contacts:read", role: "operator" },
    rate: "read",
    query: z.object({
      q: SearchText,
      project: ProjectId.optional(),
      limit: z.coerce.number().int().min(1).max(20).default(8),
    }),
    success: {
      status: 200,
      schema: z.object({
        data: z.array(
          z
            .object({
              contact: ContactId,
              name: z.string().nullable().meta({ personal: true }),
              address: z.string().nullable().describe("An e-mail or phone").meta({ personal: true }),
            })
            .meta({ id: "SearchSuggestion" }),
        ),
      }),
    },
    errors: [],
  }),
} as const;
