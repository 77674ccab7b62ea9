import { type Role, roles, routes, type Scope, scopes, toPublicId } from "@okno/contract";
import { createKey } from "../../modules/members/index.ts";
import { systemClock } from "../../platform/clock.ts";
import { checked } from "../checked.ts";
import { type Command, required } from "../command.ts";
import { findProjects, findWorkspace, withDatabase } from "../installation.ts";

export const keyCreateCommand: Command = {
  name: "key create",
  summary: "Creates an API key, and prints its secret this once",
  options: {
    workspace: { type: "string", value: "<name>", about: "may be left out where there is one" },
    name: { type: "string", value: "<name>", about: "what the key is for" },
    role: { type: "string", value: roles.join("|"), about: "what it may do in its projects (operator)" },
    scopes: { type: "string", multiple: true, value: "<scope,…>", about: "what it may touch" },
    project: {
      type: "string",
      multiple: true,
      value: "<name>",
      about: "repeat it for several; every project if left out",
    },
  },
  notes: [`Scopes: ${scopes.join(", ")}`],
  run: (context) => {
    const typed = {
      name: required(context, "name"),
      role: context.text("role") as Role | undefined,
      scopes: context.list("scopes") as Scope[],
    };
    const { name, role, scopes: allowed } = checked(routes.keys.create.body, typed);
    return withDatabase(context, async (db) => {
      const workspace = await findWorkspace(db, context);
      const { ids } = await findProjects(db, workspace.id, context.list("project"));
      const key = {
        name,
        role,
        projectIds: ids.length > 0 ? ids : null,
        scopes: [...new Set(allowed)],
        expiresAt: null,
      };
      const made = await db.transaction(workspace.id, (tx) =>
        createKey(tx, systemClock, key, { kind: "system", id: null }),
      );
      context.say(`The key ${toPublicId("key", made.row.id)} is there. Its secret is not shown again:`);
      context.say(made.secret);
      return 0;
    });
  },
};
