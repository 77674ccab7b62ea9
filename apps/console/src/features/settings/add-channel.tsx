import type { Channel } from "@okno/contract";
import { Field, RadioGroup, TextField } from "@okno/ui";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../shared/api/client.ts";
import { channelsQuery } from "../../shared/directory/directory.ts";
import { useT, useTypeName } from "./channel-messages.ts";
import { channelTypesQuery } from "./channels-query.ts";
import { FormDialog } from "./form-dialog.tsx";
import { useT as useCommonT } from "./messages.ts";
import { Loaded } from "./page.tsx";
import { useSave } from "./use-save.ts";

type Props = { project: string; onAdded: (channel: Channel) => void; onClose: () => void };

/** A new channel: its kind and name; the rest is set on its own page. */
export function AddChannel({ project, onAdded, onClose }: Props) {
  const t = useT();
  const common = useCommonT();
  const typeName = useTypeName();
  const query = useQuery(channelTypesQuery);
  const [type, setType] = useState("webchat");
  const [name, setName] = useState<string>();
  const shown = name ?? typeName(type).name;
  const empty = shown.trim() === "";
  const { mutate, isPending, error } = useSave(
    () => api.channels.create({ body: { project, type, name: shown, config: {} } }),
    { stale: [channelsQuery.queryKey], onSaved: onAdded },
  );
  return (
    <FormDialog
      title={t("add.title")}
      submitLabel={t("add")}
      busy={isPending}
      error={error}
      onClose={onClose}
      onSubmit={() => {
        if (!empty) mutate(undefined);
      }}
    >
      <Loaded query={query}>
        {(types) => (
          <RadioGroup
            label={t("add.type")}
            value={type}
            onValueChange={setType}
            options={types.map((each) => {
              const words = typeName(each.type);
              return { value: each.type, label: words.name, hint: words.hint };
            })}
          />
        )}
      </Loaded>
      <Field label={t("name")} hint={t("name.text")} error={empty && common("name.empty")} required>
        <TextField maxLength={100} value={shown} onChange={(event) => setName(event.target.value)} />
      </Field>
    </FormDialog>
  );
}
