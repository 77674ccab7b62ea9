import { routes } from "@okno/contract";
import { createFirstOwnerLink, linkUrl } from "../../modules/members/index.ts";
import { OperationError } from "../../modules/operations/index.ts";
import { createWorkspace, listWorkspaces } from "../../modules/workspaces/index.ts";
import { systemClock } from "../../platform/clock.ts";
import { checked } from "../checked.ts";
import { type Command, required } from "../command.ts";
import { originOf, withDatabase } from "../installation.ts";

export const workspaceAddCommand: Command = {
  name: "workspace add",
  summary: "Adds a workspace with its first project, and prints the link that makes its owner",
  options: {
    name: { type: "string", value: "<name>", about: "the workspace's name, and its first project's" },
    locale: { type: "string", value: "ru|en", about: "the language customers are answered in (ru)" },
    "time-zone": { type: "string", value: "<zone>", about: "such as Europe/Moscow, which is the default" },
  },
  run: (context) => {
    const typed = {
      name: required(context, "name"),
      locale: context.text("locale") as "ru" | undefined,
      timeZone: context.text("time-zone"),
    };
    const project = checked(routes.projects.create.body, typed);
    return withDatabase(context, async (db) => {
      const { name } = project;
      if ((await listWorkspaces(db.system)).some((workspace) => workspace.name === name))
        throw new OperationError(`there is a workspace ${name} already`);
      const { workspaceId } = await createWorkspace({ db, clock: systemClock }, { name, project });
      const { token, expiresAt } = await createFirstOwnerLink(db, systemClock, workspaceId);
      context.say(
        `The workspace ${name} is there. This link makes its first visitor the owner; it works once, until ${expiresAt.toISOString()}:`,
      );
      context.say(linkUrl(originOf(context), token));
      return 0;
    });
  },
};
