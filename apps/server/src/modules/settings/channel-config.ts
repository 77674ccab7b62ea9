import { fromPublicId } from "@okno/contract";
import { type ChannelManifest, refuse } from "@okno/kit";
import { z } from "zod";
import type { Catalog } from "./catalog.ts";

type Fields = { pointer: string; message: string }[];

const escaped = (part: PropertyKey) => String(part).replaceAll("~", "~0").replaceAll("/", "~1");

/** Topics named anywhere in the settings that the project does not have. */
function strayTopics(value: unknown, pointer: string, isTopic: (id: string) => boolean): Fields {
  if (typeof value === "string") {
    const id = fromPublicId("topic", value);
    return id && !isTopic(id) ? [{ pointer, message: "the project has no such topic" }] : [];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) =>
    strayTopics(part, `${pointer}/${escaped(name)}`, isTopic),
  );
}

/** A channel's settings by its type's schema, with defaults filled in. @throws invalid_request with every field at fault. */
export function checkConfig(
  manifest: ChannelManifest,
  config: unknown,
  { catalog, projectId }: { catalog: Catalog; projectId: string },
): Record<string, unknown> {
  const parsed = manifest.config.safeParse(config);
  if (!parsed.success) {
    const fields = parsed.error.issues.map(({ path, message }) => ({
      pointer: ["/config", ...path.map(escaped)].join("/"),
      message,
    }));
    throw refuse("invalid_request", {}, fields);
  }
  const stray = strayTopics(parsed.data, "/config", (id) => {
    const topic = catalog.topics.get(id);
    return topic?.project_id === projectId && !topic.archived_at;
  });
  if (stray.length > 0) throw refuse("invalid_request", {}, stray);
  return parsed.data as Record<string, unknown>;
}

/** What a caller may send as settings, as JSON Schema 2020-12. */
export function configSchemaOf(manifest: ChannelManifest): Record<string, unknown> {
  return z.toJSONSchema(manifest.config, { io: "input", unrepresentable: "any" });
}
