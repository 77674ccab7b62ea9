import type { Label } from "@okno/contract";
import { Field, Tag, TextField } from "@okno/ui";
import { useState } from "react";
import { api } from "../../shared/api/client.ts";
import { isRefusal } from "../../shared/api/error-message.ts";
import { labelsQuery } from "../../shared/directory/directory.ts";
import { hueOfLabel } from "../../shared/directory/label-hue.ts";
import { FormDialog } from "./form-dialog.tsx";
import { HueChoice } from "./hue-choice.tsx";
import { useT } from "./messages.ts";
import { useT as useProjectT } from "./project-messages.ts";
import { useSave } from "./use-save.ts";

type Props = { project: string; label?: Label | undefined; onClose: () => void };

/** A new label, or the hue and weight of one: its name is what tickets carry, so it stays. */
export function EditLabel({ project, label, onClose }: Props) {
  const t = useProjectT();
  const common = useT();
  const [name, setName] = useState(label?.name ?? "");
  const [hue, setHue] = useState<Label["hue"]>(label?.hue ?? "teal");
  const [weightText, setWeightText] = useState(String(label?.weight ?? 0));
  const [tried, setTried] = useState(false);
  const weight = Number(weightText.replace("−", "-"));
  const wrongWeight = weightText.trim() === "" || !Number.isInteger(weight) || Math.abs(weight) > 100;
  const empty = name.trim() === "";
  const resorted = label !== undefined && label.weight !== weight;
  const { mutate, isPending, error } = useSave(
    () =>
      label
        ? api.labels.update({ params: { id: label.id }, body: { hue, weight } })
        : api.labels.create({ body: { project, name, hue, weight } }),
    {
      stale: [labelsQuery.queryKey],
      done: resorted ? t("labels.resorted") : common("saved"),
      onSaved: onClose,
    },
  );
  const taken = isRefusal(error, "already_exists");
  return (
    <FormDialog
      title={label ? t("labels.edit.title", { name: label.name }) : t("labels.add.title")}
      submitLabel={label ? common("save") : t("labels.add")}
      size="sm"
      busy={isPending}
      error={taken ? undefined : error}
      onClose={onClose}
      onSubmit={() => {
        setTried(true);
        if (!empty && !wrongWeight) mutate(undefined);
      }}
    >
      {label ? null : (
        <Field
          label={t("name")}
          error={(tried && empty && common("name.empty")) || (taken && t("taken"))}
          required
        >
          <TextField maxLength={40} value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
      )}
      <HueChoice hue={hue} onChange={setHue} />
      <Field
        label={t("labels.weight")}
        hint={t("labels.weight.hint")}
        error={tried && wrongWeight && t("labels.weight.wrong")}
      >
        <TextField
          inputMode="numeric"
          className="w-24"
          value={weightText}
          onChange={(event) => setWeightText(event.target.value)}
        />
      </Field>
      {empty ? null : (
        <div>
          <Tag hue={hueOfLabel(hue)}>{name}</Tag>
        </div>
      )}
    </FormDialog>
  );
}
