import { fromPublicId, routes, toPublicId } from "@okno/contract";
import { refuse } from "@okno/kit";
import { type Binding, bindTable, command, read } from "../../platform/http/binding.ts";
import { decideKeyReach } from "./key-limits.ts";
import { createKey, listKeys, presentKey, revokeKey } from "./keys.ts";
import type { PeopleDeps } from "./people-deps.ts";
import { idCursor } from "./routes.ts";
import { commandWithSecret } from "./secret-answer.ts";

export function keyBindings(deps: PeopleDeps): Binding[] {
  const { clock } = deps;
  return bindTable(routes.keys, {
    list: read(async ({ principal, query }, db) => {
      const beforeId = idCursor("key", query.cursor);
      const rows = await listKeys(db, principal, { now: clock.now(), beforeId, limit: query.limit + 1 });
      const shown = rows.slice(0, query.limit);
      const last = rows.length > query.limit ? shown.at(-1) : undefined;
      return { data: shown.map(presentKey), nextCursor: last ? toPublicId("key", last.id) : null };
    }),
    create: commandWithSecret(deps, async ({ principal, body }, tx) => {
      const expiresAt = body.expiresAt === undefined ? null : new Date(body.expiresAt);
      if (expiresAt && expiresAt <= clock.now())
        throw refuse("invalid_request", {}, [{ pointer: "/expiresAt", message: "lies in the past" }]);
      const projectIds = decideKeyReach(principal, body);
      const scopes = [...new Set(body.scopes)];
      const key = { name: body.name, role: body.role, projectIds, scopes, expiresAt };
      const { row, secret } = await createKey(tx, clock, key, { kind: principal.kind, id: principal.id });
      tx.afterCommit(deps.poke);
      return { answer: { key: presentKey(row), secret }, reference: { key: toPublicId("key", row.id) } };
    }),
    revoke: command(async ({ principal, params }, tx) => {
      const revoked = await revokeKey(tx, clock, principal, fromPublicId("key", params.id) ?? "");
      if (!revoked) throw refuse("not_found");
      tx.afterCommit(deps.poke);
      tx.afterCommit(() => deps.accessChanged(tx.workspaceId));
    }),
  });
}
