import { fromPublicId } from "@okno/contract";
import { type KindBinding, type KindPorts, type Principal, projectsWith, refuse } from "@okno/kit";
import { formerSaltHours, payoutDeskRoutes } from "../../contract.ts";
import {
  createDesk,
  type Desk,
  type NewDesk,
  newCredential,
  saltContext,
  secretDigest,
} from "../core/desks.ts";
import { payoutMethods } from "../methods.ts";
import { deskFor, expectedVersion, needs, requireIn, visibleProjects } from "./access.ts";
import { bindTable, command, read, secret } from "./bind.ts";
import { beforeId, pageOf } from "./cursor.ts";
import { listDesks, replaceSalt, replaceSecret, updateDesk } from "./desk-queries.ts";
import { tellDesk } from "./events.ts";
import { fundOperations } from "./funds.ts";
import { methodOperations } from "./methods.ts";
import { presentDesk } from "./present.ts";
import { requireCallable } from "./refusals.ts";

/** What a new desk may pay by. A sandbox has everything; a live desk begins by hand, and never has what only tests have. */
export function firstMethods(mode: Desk["mode"]): NewDesk["methods"] {
  return [...payoutMethods.values()]
    .filter(({ family }) => mode === "sandbox" || family !== "test")
    .map(({ code, defaults }) => ({
      method: code,
      percent: defaults.percent,
      fixed: String(defaults.fixed),
      smallest: String(defaults.min),
      largest: String(defaults.max),
      processor: mode === "sandbox" ? "sandbox" : "manual",
    }));
}

/** The project a new desk is for. @throws unknown_reference, forbidden */
function projectOf(principal: Principal, wanted: string | undefined): string {
  const id = wanted === undefined ? projectsWith(principal, "admin")[0] : fromPublicId("project", wanted);
  if (id === undefined || !principal.roles.has(id))
    throw refuse("unknown_reference", {}, [{ pointer: "/project", message: "no such project" }]);
  requireIn(principal, id, needs.settle);
  return id;
}

const hourMs = 3_600_000;

export function deskBindings(ports: KindPorts): KindBinding[] {
  const { clock } = ports;
  return bindTable(payoutDeskRoutes, {
    list: read(async ({ principal, query }, db) => {
      const rows = await listDesks(db, principal.workspaceId, {
        projectIds: visibleProjects(principal),
        before: beforeId("desk", query.cursor),
        limit: query.limit + 1,
      });
      return pageOf("desk", rows, query.limit, (row) => presentDesk(row, clock.now()));
    }),
    create: secret(async ({ principal, body }, tx) => {
      const { name, mode, makerChecker, defaultCallbackUrl } = body;
      const projectId = projectOf(principal, body.project);
      requireCallable(ports, defaultCallbackUrl, "/defaultCallbackUrl");
      const { kind, id } = principal;
      const { desk, credentials } = await createDesk(
        ports,
        tx,
        {
          projectId,
          name,
          mode,
          ...(makerChecker !== undefined && { makerChecker }),
          defaultCallbackUrl: defaultCallbackUrl ?? null,
          methods: firstMethods(mode),
        },
        { kind, id },
      );
      const shown = presentDesk(desk, clock.now());
      const { secret, salt } = credentials;
      return { answer: { ...shown, secret, salt }, reference: { desk: shown.id } };
    }),
    get: read(async ({ principal, params }, db) =>
      presentDesk(await deskFor(db, principal, params.id, needs.see), clock.now()),
    ),
    update: command(async ({ principal, params, body, headers }, tx) => {
      const desk = await deskFor(tx, principal, params.id, needs.settle);
      requireCallable(ports, body.defaultCallbackUrl, "/defaultCallbackUrl");
      const version = expectedVersion({ body, headers });
      const now = clock.now();
      const changed = await updateDesk(tx, desk, body, { version, now });
      if (!changed) throw refuse("version_conflict", { version: desk.version });
      const { version: _, ...fields } = body;
      await tellDesk(ports, tx, principal, desk, { changed: Object.keys(fields).sort() });
      return presentDesk(changed, now);
    }),
    rotateSecret: secret(async ({ principal, params }, tx) => {
      const desk = await deskFor(tx, principal, params.id, needs.settle);
      const fresh = newCredential();
      await replaceSecret(tx, desk, secretDigest(fresh));
      await tellDesk(ports, tx, principal, desk, { changed: ["secret"] });
      return { answer: { login: desk.login, secret: fresh }, reference: { desk: params.id } };
    }),
    rotateSalt: secret(async ({ principal, params }, tx) => {
      const desk = await deskFor(tx, principal, params.id, needs.settle);
      const fresh = newCredential();
      const until = new Date(clock.now().getTime() + formerSaltHours * hourMs);
      await replaceSalt(tx, desk, ports.sealer.seal(fresh, saltContext(desk.id)), until);
      await tellDesk(ports, tx, principal, desk, { changed: ["salt"] });
      const answer = { login: desk.login, salt: fresh, formerSaltUntil: until.toISOString() };
      return { answer, reference: { desk: params.id } };
    }),
    ...methodOperations(ports),
    ...fundOperations(ports),
  });
}
