import { type Topic, topicsPerLevel } from "@okno/contract";
import { Button, Field, TextField } from "@okno/ui";
import { Plus } from "lucide-react";
import { useState } from "react";
import { api } from "../../shared/api/client.ts";
import { errorMessage, isRefusal } from "../../shared/api/error-message.ts";
import { topicsQuery } from "../../shared/directory/directory.ts";
import { useT as useCommonT } from "./messages.ts";
import { useT } from "./project-messages.ts";
import { useSave } from "./use-save.ts";

type Props = { project: string; parent: Topic | null; used: number };

function NewTopic({
  project,
  parent,
  label,
  onClose,
}: Omit<Props, "used"> & { label: string; onClose: () => void }) {
  const t = useT();
  const common = useCommonT();
  const [name, setName] = useState("");
  // The field stays for the next one: topics are rarely added alone.
  const { mutate, isPending, error } = useSave(
    () => api.topics.create({ body: { project, parent: parent?.id ?? null, name } }),
    { stale: [topicsQuery.queryKey], onSaved: () => setName("") },
  );
  return (
    <form
      className="flex flex-wrap items-start gap-2 py-1.5"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() === "") onClose();
        else if (!isPending) mutate(undefined);
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") onClose();
      }}
    >
      <Field
        label={label}
        hideLabel
        error={isRefusal(error, "already_exists") ? t("taken") : error && errorMessage(error)}
        className="max-w-96 flex-1 basis-48"
      >
        <TextField
          size="sm"
          autoFocus
          placeholder={label}
          maxLength={80}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      <Button type="submit" size="sm" busy={isPending}>
        {t("topics.add.submit")}
      </Button>
      <Button size="sm" variant="ghost" onClick={onClose}>
        {common("cancel")}
      </Button>
    </form>
  );
}

/** The end of a level: room for one more topic, and how much room is left. */
export function AddTopic({ project, parent, used }: Props) {
  const t = useT();
  const [open, setOpen] = useState(false);
  if (used >= topicsPerLevel)
    return <p className="py-2 text-13 text-text-3">{t("topics.full", { count: topicsPerLevel })}</p>;
  const label = parent ? t("topics.add.under", { name: parent.name }) : t("topics.add");
  if (open)
    return <NewTopic project={project} parent={parent} label={label} onClose={() => setOpen(false)} />;
  return (
    <div className="flex min-h-11 items-center gap-3">
      <Button
        size="sm"
        variant="ghost"
        icon={<Plus />}
        className="-ml-2.5"
        aria-label={label}
        onClick={() => setOpen(true)}
      >
        {t("topics.add")}
      </Button>
      <span className="text-12 text-text-3 tabular-nums">
        {t("topics.used", { used, count: topicsPerLevel })}
      </span>
    </div>
  );
}
