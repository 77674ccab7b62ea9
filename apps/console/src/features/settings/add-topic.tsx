import { type Topic, topicsPerLevel } from "@okno/contract";
import { Button, Field, TextField } from "@okno/ui";
import { Plus } from "lucide-react";
import { useState } from "react";
import { api } from "../../shared/api/client.ts";
import { errorMessage, isRefusal } from "../../shared/api/error-message.ts";
import { topicsQuery } from "../../shared/directory/directory.ts";
import { useT } from "./project-messages.ts";
import { useSave } from "./use-save.ts";

type Props = { project: string; parent: Topic | null; used: number };

/** A line at the end of a level for one more topic; says so when the level is full. */
export function AddTopic({ project, parent, used }: Props) {
  const t = useT();
  const [name, setName] = useState("");
  const { mutate, isPending, error } = useSave(
    () => api.topics.create({ body: { project, parent: parent?.id ?? null, name } }),
    { stale: [topicsQuery.queryKey], onSaved: () => setName("") },
  );
  if (used >= topicsPerLevel)
    return <p className="py-2 text-13 text-text-3">{t("topics.full", { count: topicsPerLevel })}</p>;
  const label = parent ? t("topics.add.under", { name: parent.name }) : t("topics.add");
  return (
    <form
      className="flex items-start gap-2 py-1.5"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== "" && !isPending) mutate(undefined);
      }}
    >
      <Field
        label={label}
        hideLabel
        error={isRefusal(error, "already_exists") ? t("taken") : error && errorMessage(error)}
        className="max-w-96 flex-1"
      >
        <TextField
          size="sm"
          prefix={<Plus />}
          placeholder={t("topics.add")}
          maxLength={80}
          value={name}
          onChange={(event) => setName(event.target.value)}
          suffix={
            <span className="text-12 tabular-nums">{t("topics.used", { used, count: topicsPerLevel })}</span>
          }
        />
      </Field>
      {name.trim() === "" ? null : (
        <Button type="submit" size="sm" busy={isPending}>
          {t("topics.add.submit")}
        </Button>
      )}
    </form>
  );
}
