import type { Topic } from "@okno/contract";
import { Badge, Button, Field, IconButton, TextField, Tooltip } from "@okno/ui";
import { Archive, Pencil, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { api } from "../../shared/api/client.ts";
import { errorMessage, isRefusal } from "../../shared/api/error-message.ts";
import { topicsQuery } from "../../shared/directory/directory.ts";
import { useT } from "./messages.ts";
import { useT as useProjectT } from "./project-messages.ts";
import { useSave } from "./use-save.ts";

function Rename({ topic, onClose }: { topic: Topic; onClose: () => void }) {
  const t = useProjectT();
  const common = useT();
  const [name, setName] = useState(topic.name);
  const { mutate, isPending, error } = useSave(
    () => api.topics.update({ params: { id: topic.id }, body: { name } }),
    { stale: [topicsQuery.queryKey], done: t("topics.renamed"), onSaved: onClose },
  );
  const empty = name.trim() === "";
  return (
    <form
      className="flex flex-1 flex-wrap items-start gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (name === topic.name) onClose();
        else if (!empty && !isPending) mutate(undefined);
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") onClose();
      }}
    >
      <Field
        label={t("name")}
        hideLabel
        error={
          empty
            ? common("name.empty")
            : isRefusal(error, "already_exists")
              ? t("taken")
              : error && errorMessage(error)
        }
        className="flex-1 basis-48"
      >
        <TextField
          size="sm"
          autoFocus
          maxLength={80}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      <Button type="submit" size="sm" busy={isPending}>
        {common("save")}
      </Button>
      <Button size="sm" variant="ghost" onClick={onClose}>
        {common("cancel")}
      </Button>
    </form>
  );
}

type Props = { topic: Topic; tickets: number | undefined; onArchive: () => void };

/** One topic: its name, what is wrong with it, how much stands under it. */
export function TopicRow({ topic, tickets, onArchive }: Props) {
  const t = useProjectT();
  const [renaming, setRenaming] = useState(false);
  if (renaming)
    return (
      <div className="flex min-h-11 items-center py-1.5">
        <Rename topic={topic} onClose={() => setRenaming(false)} />
      </div>
    );
  return (
    <div className="group flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 py-1">
      <span className="min-w-0 text-14 [overflow-wrap:anywhere]">{topic.name}</span>
      {topic.warnings.includes("vague_name") ? (
        <Tooltip text={t("topics.vague.text")}>
          <button type="button" className="rounded-full">
            <Badge tone="soon" icon={<TriangleAlert />}>
              {t("topics.vague")}
            </Badge>
          </button>
        </Tooltip>
      ) : null}
      <span className="ml-auto text-13 font-normal text-text-3 tabular-nums max-md:hidden">
        {tickets ? t("topics.tickets", { count: tickets }) : null}
      </span>
      <span className="flex max-md:ml-auto">
        <IconButton
          size="sm"
          label={t("topics.rename", { name: topic.name })}
          icon={<Pencil />}
          onClick={() => setRenaming(true)}
        />
        <IconButton
          size="sm"
          label={t("topics.archive", { name: topic.name })}
          icon={<Archive />}
          onClick={onArchive}
        />
      </span>
    </div>
  );
}
