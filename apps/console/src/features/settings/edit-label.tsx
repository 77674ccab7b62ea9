import { type Label, labelHues } from "@okno/contract";
import { cx, Field, Tag, TextField } from "@okno/ui";
import { Check } from "lucide-react";
import { useId, useState } from "react";
import { api } from "../../shared/api/client.ts";
import { isRefusal } from "../../shared/api/error-message.ts";
import { labelsQuery } from "../../shared/directory/directory.ts";
import { hueOfLabel } from "../../shared/directory/label-hue.ts";
import { FormDialog } from "./form-dialog.tsx";
import { useT } from "./messages.ts";
import { useT as useProjectT } from "./project-messages.ts";
import { useSave } from "./use-save.ts";

function HueChoice({ hue, onChange }: { hue: Label["hue"]; onChange: (hue: Label["hue"]) => void }) {
  const t = useProjectT();
  const group = useId();
  return (
    <fieldset>
      <legend className="pb-1.5 text-13 font-medium">
        {t("labels.hue")}: <span className="font-normal text-text-2">{t(`hue.${hue}`).toLowerCase()}</span>
      </legend>
      <div className="flex flex-wrap gap-2">
        {labelHues.map((each) => (
          <label
            key={each}
            data-hue={each === "grey" ? undefined : hueOfLabel(each)}
            className={cx(
              "ring-within grid size-8 cursor-pointer place-items-center rounded-full text-surface-1 [&_svg]:size-4",
              each === "grey" ? "bg-text-3" : "hue-dot",
            )}
          >
            <input
              type="radio"
              name={group}
              aria-label={t(`hue.${each}`)}
              checked={hue === each}
              onChange={() => onChange(each)}
              className="sr-only"
            />
            {hue === each ? <Check aria-hidden="true" /> : null}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

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
