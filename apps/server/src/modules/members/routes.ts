import { fromPublicId, routes, toPublicId } from "@okno/contract";
import { refuse } from "@okno/kit";
import type { FastifyRequest } from "fastify";
import type { Transaction } from "../../platform/database.ts";
import { type Binding, bindTable, command, read } from "../../platform/http/binding.ts";
import type { Catalogs } from "../settings/index.ts";
import { changeMember } from "./change-member.ts";
import { administers, decideGrants } from "./grants.ts";
import { createLink, linkUrl, type NewLink } from "./links.ts";
import { addMember, lockPeople } from "./people.ts";
import type { PeopleDeps } from "./people-deps.ts";
import { getPerson, listPeople, presentPerson } from "./person.ts";
import { commandWithSecret } from "./secret-answer.ts";

export type MemberDeps = PeopleDeps & { catalogs: Catalogs };

/** A list that runs by id has it for its cursor. @throws invalid_cursor */
export function idCursor(kind: "member" | "key", cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined;
  const id = fromPublicId(kind, cursor);
  if (!id) throw refuse("invalid_cursor");
  return id;
}

export function memberBindings(deps: MemberDeps): Binding[] {
  const { clock, catalogs } = deps;

  function changed(tx: Transaction): void {
    tx.afterCommit(deps.poke);
    tx.afterCommit(() => deps.accessChanged(tx.workspaceId));
  }

  function presentLink({ token, expiresAt }: NewLink, req: FastifyRequest) {
    const base = deps.publicUrl ?? `${req.protocol}://${req.host}`;
    return { url: linkUrl(base, token), expiresAt: expiresAt.toISOString() };
  }

  return bindTable(routes.members, {
    list: read(async ({ principal, query }, db) => {
      const rows = await listPeople(db, principal, idCursor("member", query.cursor), query.limit + 1);
      const shown = rows.slice(0, query.limit);
      const last = rows.length > query.limit ? shown.at(-1) : undefined;
      return {
        data: shown.map((row) => presentPerson(row, principal)),
        nextCursor: last ? toPublicId("member", last.id) : null,
      };
    }),
    invite: commandWithSecret(deps, async ({ principal, body, http }, tx) => {
      if (body.owner && !principal.owner) throw refuse("forbidden");
      const grants = decideGrants(principal, [], body.grants);
      if (grants.length === 0 && !principal.owner)
        throw refuse("invalid_request", {}, [
          { pointer: "/grants", message: "name a project you administer" },
        ]);
      await lockPeople(tx);
      const catalog = await catalogs.of(principal.workspaceId);
      const first = grants[0]?.project_id ?? principal.roles.keys().next().value ?? "";
      const locale = catalog.projects.get(first)?.locale ?? "ru";
      const { name, email, owner } = body;
      const member = { name, email, owner, grants, locale, passwordHash: null };
      const id = await addMember(tx, clock, member, { kind: principal.kind, id: principal.id });
      const link = await createLink(tx, clock, id);
      changed(tx);
      const person = await getPerson(tx, principal, id);
      return {
        answer: { member: presentPerson(person, principal), link: presentLink(link, http.req) },
        reference: { member: toPublicId("member", id) },
      };
    }),
    update: command(async ({ principal, params, body }, tx) => {
      const id = fromPublicId("member", params.id) ?? "";
      const person = await changeMember(tx, clock, principal, id, body);
      changed(tx);
      return presentPerson(person, principal);
    }),
    link: commandWithSecret(deps, async ({ principal, params, http }, tx) => {
      await lockPeople(tx);
      const person = await getPerson(tx, principal, fromPublicId("member", params.id) ?? "");
      // Whoever holds the link becomes this person: only for those whose every right the caller could give.
      if (person.disabled_at || !administers(principal, person)) throw refuse("forbidden");
      const link = await createLink(tx, clock, person.id);
      return { answer: presentLink(link, http.req), reference: { member: params.id } };
    }),
  });
}
