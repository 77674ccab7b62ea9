// Workspaces: the tenants, and what each is born with.
export {
  addChannel,
  addProject,
  createWorkspace,
  listWorkspaces,
  type NewProject,
  type Workspace,
} from "./create.ts";
