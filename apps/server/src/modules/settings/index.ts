// Settings of a workspace: projects, topics, labels, channels. Read all the time through the cached catalogue, written once a week.
// Invariants: a project's topics are two levels of at most nine; a channel's settings fit its type's schema; every change is an event.
export {
  type Catalog,
  type Catalogs,
  type ChannelRow,
  createCatalogs,
  type LabelRow,
  type ProjectRow,
  type TeamRow,
  type TopicRow,
} from "./catalog.ts";
export {
  administeredProject,
  projectScope,
  recordSetting,
  requireAdministered,
  type SettingsDeps,
  unlessTaken,
} from "./deps.ts";
export { reweighJob } from "./reweigh.ts";
export { settingsBindings } from "./routes.ts";
