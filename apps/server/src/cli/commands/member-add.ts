import { type Role, roles, routes } from "@okno/contract";
import { addMember, createLink, linkUrl, lockPeople } from "../../modules/members/index.ts";
import { systemClock } from "../../platform/clock.ts";
import { checked } from "../checked.ts";
import { type Command, required, UsageError } from "../command.ts";
import { findProjects, findWorkspace, originOf, withDatabase } from "../installation.ts";

function roleOf(text: string): Role {
  const role = roles.find((name) => name === text);
  if (!role) throw new UsageError(`--role is one of ${roles.join(", ")}`);
  return role;
}

export const memberAddCommand: Command = {
  name: "member add",
  summary: "Adds a member, and prints the one-time link to hand over",
  options: {
    workspace: { type: "string", value: "<name>", about: "may be left out where there is one" },
    name: { type: "string", value: "<name>", about: "the person's name" },
    email: { type: "string", value: "<address>", about: "what the person signs in with" },
    role: { type: "string", value: roles.join("|"), about: "the role in the projects" },
    project: {
      type: "string",
      multiple: true,
      value: "<name>",
      about: "repeat it for several; every project if left out",
    },
  },
  run: (context) => {
    const role = roleOf(required(context, "role"));
    const owner = role === "owner";
    if (owner && context.list("project").length > 0)
      throw new UsageError("an owner has every project; leave --project out");
    const typed = checked(routes.members.invite.body, {
      name: required(context, "name"),
      email: required(context, "email"),
      owner,
    });
    return withDatabase(context, async (db) => {
      const workspace = await findWorkspace(db, context);
      const projects = await findProjects(db, workspace.id, context.list("project"));
      const chosen = projects.ids.length > 0 ? projects.ids : projects.all;
      const grants = role === "owner" ? [] : chosen.map((id) => ({ project_id: id, role }));
      const { token, expiresAt } = await db.transaction(workspace.id, async (tx) => {
        await lockPeople(tx);
        const member = { ...typed, grants, locale: "ru" as const, passwordHash: null };
        const id = await addMember(tx, systemClock, member, { kind: "system", id: null });
        return createLink(tx, systemClock, id);
      });
      context.say(
        `${typed.name} is a member of ${workspace.name}. This link lets them choose a password; it works once, until ${expiresAt.toISOString()}:`,
      );
      context.say(linkUrl(originOf(context), token));
      return 0;
    });
  },
};
