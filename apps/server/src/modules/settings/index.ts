// Settings of a workspace: projects, topics, labels, channels.
export {
  type Catalog,
  type Catalogs,
  type ChannelRow,
  createCatalogs,
  type LabelRow,
  type ProjectRow,
  type TopicRow,
} from "./catalog.ts";
