import type { Channel } from "@okno/contract";
import { OknoError } from "@okno/sdk";
import { Banner, Button } from "@okno/ui";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../shared/api/client.ts";
import { errorMessage } from "../../shared/api/error-message.ts";
import { channelsQuery, useTopics } from "../../shared/directory/directory.ts";
import { useT } from "./channel-messages.ts";
import { channelTypesQuery } from "./channels-query.ts";
import { ConfigField } from "./config-field.tsx";
import { configFields, filledIn } from "./config-schema.ts";
import { useT as useCommonT } from "./messages.ts";
import { Loaded } from "./page.tsx";
import { useSave } from "./use-save.ts";

/** What the server said of one setting, or of something within it. */
function complaintAbout(error: unknown, name: string): string | undefined {
  if (!(error instanceof OknoError)) return undefined;
  const pointer = `/config/${name}`;
  const complaints = error.problem?.errors ?? [];
  return complaints.find((each) => each.pointer === pointer || each.pointer.startsWith(`${pointer}/`))
    ?.message;
}

function Form({ channel, schema }: { channel: Channel; schema: Record<string, unknown> }) {
  const t = useT();
  const common = useCommonT();
  const topics = useTopics().filter((topic) => topic.project === channel.project);
  const [config, setConfig] = useState(channel.config);
  const fields = configFields(schema);
  const { mutate, isPending, error } = useSave(
    () => api.channels.update({ params: { id: channel.id }, body: { config: filledIn(config) } }),
    { stale: [channelsQuery.queryKey], done: common("saved"), onSaved: (saved) => setConfig(saved.config) },
  );
  if (fields.length === 0) return <p className="text-13 text-text-3">{t("look.none")}</p>;
  const placed = fields.some(({ name }) => complaintAbout(error, name) !== undefined);
  return (
    <form
      noValidate
      className="flex flex-col items-stretch gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isPending) mutate(undefined);
      }}
    >
      {fields.map((field) => (
        <ConfigField
          key={field.name}
          field={field}
          value={config[field.name]}
          error={complaintAbout(error, field.name)}
          topics={topics}
          onChange={(value) => setConfig({ ...config, [field.name]: value })}
        />
      ))}
      {error && !placed ? <Banner tone="late">{errorMessage(error)}</Banner> : null}
      <Button type="submit" variant="primary" busy={isPending} className="self-start">
        {common("save")}
      </Button>
    </form>
  );
}

/** The settings of a channel, by the schema of its type. */
export function ConfigForm({ channel }: { channel: Channel }) {
  const query = useQuery(channelTypesQuery);
  return (
    <Loaded query={query}>
      {(types) => (
        <Form
          channel={channel}
          schema={types.find(({ type }) => type === channel.type)?.configSchema ?? {}}
        />
      )}
    </Loaded>
  );
}
