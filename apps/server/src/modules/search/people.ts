import { fromPublicId, type QueryOf, type routes, type SuccessOf, toPublicId } from "@okno/contract";
import { parseSearch } from "@okno/contract/search-query";
import { refuse } from "@okno/kit";
import { type Queryable, statement } from "../../platform/database.ts";
import { type Principal, projectsWith } from "../../platform/http/principal.ts";
import type { Scope } from "../tickets/index.ts";
import { stemTexts } from "./stem.ts";
import { all, customerTerm, termOf } from "./terms.ts";

const people = statement(
  "search.people",
  "select id from search_people($1, $2::uuid[], $3::tsquery, $4::uuid, $5) id",
);
const newest = statement(
  "search.newest_people",
  `select c.id from unnest($2::uuid[]) p (id) cross join lateral (
     select id from contacts where workspace_id = $1 and project_id = p.id and merged_into is null and ($3::uuid is null or id < $3)
     order by id desc limit $4
   ) c order by c.id desc limit $4`,
);
const faces = statement(
  "search.faces",
  `select c.id, c.name, (select i.value from identities i where i.workspace_id = $1 and i.contact_id = c.id and i.kind in ('email', 'phone')
     order by i.verified desc, i.created_at, i.id limit 1) as address
   from contacts c where c.workspace_id = $1 and c.project_id = any($2::uuid[]) and c.id = any($3::uuid[]) order by c.id desc`,
);

export type Face = { id: string; name: string | null; address: string | null };

/** Customers found by a query of theirs, as they are called. */
export async function findFaces(db: Queryable, scope: Scope, query: string, limit: number): Promise<Face[]> {
  const { workspaceId, projectIds } = scope;
  if (query === "") return [];
  const ids = await db.query<{ id: string }>(people, [workspaceId, projectIds, query, null, limit]);
  if (ids.length === 0) return [];
  return db.query<Face>(faces, [workspaceId, projectIds, ids.map(({ id }) => id)]);
}

/** A query against customers alone: each word by its beginning, operators have no meaning here. */
async function queryOf(db: Queryable, q: string): Promise<string | undefined> {
  const parts = parseSearch(q);
  const texts = parts.map(({ text }) => text);
  const stemmed = await stemTexts(db, texts);
  const queries = parts.flatMap((part, index) => {
    const words = stemmed[index] ?? [];
    const term = part.as === "operator" ? customerTerm(part.text, words, part.negated) : termOf(part, words);
    // A word too common to be stemmed may still begin a name.
    const { people: query } = term ?? customerTerm(part.text, words, part.negated);
    return query === "" ? [] : [part.negated ? `!${query}` : query];
  });
  return parts.length > 0 ? all(queries) : undefined;
}

function scopeOf(principal: Principal, project: string | undefined): Scope {
  const projectIds = projectsWith(principal, "operator");
  const wanted = project === undefined ? undefined : fromPublicId("project", project);
  return {
    workspaceId: principal.workspaceId,
    projectIds: wanted === undefined ? projectIds : projectIds.filter((id) => id === wanted),
  };
}

/** The ids of a page of contacts, the newest first: all, or those that a query finds. @throws invalid_cursor */
export async function findContactPage(
  db: Queryable,
  principal: Principal,
  {
    q,
    project,
    cursor,
    limit,
  }: { q?: string | undefined; project?: string | undefined; cursor?: string | undefined; limit: number },
): Promise<{ ids: string[]; nextCursor: string | null }> {
  const { workspaceId, projectIds } = scopeOf(principal, project);
  const before = cursor === undefined ? null : fromPublicId("contact", cursor);
  if (before === undefined) throw refuse("invalid_cursor");
  const query = q === undefined ? undefined : await queryOf(db, q);
  const rows =
    query === undefined
      ? await db.query<{ id: string }>(newest, [workspaceId, projectIds, before, limit + 1])
      : await db.query<{ id: string }>(people, [workspaceId, projectIds, query, before, limit + 1]);
  const ids = rows.slice(0, limit).map(({ id }) => id);
  const last = ids.at(-1);
  return { ids, nextCursor: rows.length > limit && last ? toPublicId("contact", last) : null };
}

/** Customers to complete `from:` with. */
export async function suggestPeople(
  db: Queryable,
  principal: Principal,
  { q, project, limit }: QueryOf<typeof routes.search.suggest>,
): Promise<SuccessOf<typeof routes.search.suggest>> {
  const query = await queryOf(db, q);
  const found = await findFaces(db, scopeOf(principal, project), query ?? "", limit);
  return {
    data: found.map(({ id, name, address }) => ({ contact: toPublicId("contact", id), name, address })),
  };
}
