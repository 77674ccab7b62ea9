import { type ContactField, contactFieldKinds } from "@okno/contract";
import { Field, Select, TextArea, TextField } from "@okno/ui";
import { useState } from "react";
import { api } from "../../shared/api/client.ts";
import { isRefusal } from "../../shared/api/error-message.ts";
import { contactFieldsQuery } from "../../shared/contacts/queries.ts";
import { useT as useFieldT } from "./contact-field-messages.ts";
import { FormDialog } from "./form-dialog.tsx";
import { useT } from "./messages.ts";
import { useSave } from "./use-save.ts";

const linesOf = (text: string) =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);

type Props = { project: string; field?: ContactField | undefined; onClose: () => void };

/** A new field, or the name and choices of one: its kind is what its values are, so it stays. */
export function EditContactField({ project, field, onClose }: Props) {
  const t = useFieldT();
  const common = useT();
  const [name, setName] = useState(field?.name ?? "");
  const [kind, setKind] = useState<ContactField["kind"]>(field?.kind ?? "text");
  const [choices, setChoices] = useState((field?.choices ?? []).join("\n"));
  const [tried, setTried] = useState(false);
  const lines = kind === "choice" ? linesOf(choices) : [];
  const noName = name.trim() === "";
  const noChoices = kind === "choice" && lines.length === 0;
  const { mutate, isPending, error } = useSave(
    () =>
      field
        ? api.contactFields.update({
            params: { id: field.id },
            body: { name, ...(kind === "choice" && { choices: lines }) },
          })
        : api.contactFields.create({ body: { project, name, kind, choices: lines } }),
    { stale: [contactFieldsQuery.queryKey], done: common("saved"), onSaved: onClose },
  );
  const taken = isRefusal(error, "already_exists");
  return (
    <FormDialog
      title={field ? t("edit.title", { name: field.name }) : t("add.title")}
      submitLabel={field ? common("save") : t("add")}
      size="sm"
      busy={isPending}
      error={taken ? undefined : error}
      onClose={onClose}
      onSubmit={() => {
        setTried(true);
        if (!noName && !noChoices) mutate(undefined);
      }}
    >
      <Field
        label={t("name")}
        error={(tried && noName && common("name.empty")) || (taken && t("taken"))}
        required
      >
        <TextField maxLength={80} value={name} onChange={(event) => setName(event.target.value)} />
      </Field>
      <Field label={t("kind")}>
        <Select
          disabled={field !== undefined}
          options={contactFieldKinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
          value={kind}
          onValueChange={(value) => setKind(value as ContactField["kind"])}
        />
      </Field>
      {kind === "choice" ? (
        <Field
          label={t("choices")}
          hint={t("choices.hint")}
          error={tried && noChoices && t("choices.empty")}
          required
        >
          <TextArea value={choices} onChange={(event) => setChoices(event.target.value)} />
        </Field>
      ) : null}
    </FormDialog>
  );
}
