import type { Project } from "@okno/contract";
import { Combobox, Field, SegmentedControl, TextField } from "@okno/ui";
import { useState } from "react";
import { api } from "../../shared/api/client.ts";
import { isRefusal } from "../../shared/api/error-message.ts";
import { channelsQuery, projectsQuery } from "../../shared/directory/directory.ts";
import { useLocale } from "../../shared/i18n/i18n.ts";
import { FormDialog } from "./form-dialog.tsx";
import { useT } from "./messages.ts";
import { useT as useProjectT } from "./project-messages.ts";
import { useSave } from "./use-save.ts";

type Draft = Pick<Project, "name" | "locale" | "timeZone" | "accent">;

const zones = ["UTC", ...Intl.supportedValuesOf("timeZone")].map((zone) => ({
  id: zone,
  label: zone.replaceAll("_", " "),
}));

type Props = { project?: Project | undefined; onClose: () => void };

/** A new project, or the properties of one. */
export function EditProject({ project, onClose }: Props) {
  const t = useProjectT();
  const common = useT();
  const locale = useLocale();
  const [draft, setDraft] = useState<Draft>(
    project ?? {
      name: "",
      locale,
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      accent: "#0f766e",
    },
  );
  const [tried, setTried] = useState(false);
  const { mutate, isPending, error } = useSave(
    ({ name, locale: language, timeZone, accent }: Draft) => {
      const body = { name, locale: language, timeZone, accent };
      return project
        ? api.projects.update({ params: { id: project.id }, body })
        : api.projects.create({ body });
    },
    { stale: [projectsQuery.queryKey, channelsQuery.queryKey], done: common("saved"), onSaved: onClose },
  );
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const empty = draft.name.trim() === "";
  const taken = isRefusal(error, "already_exists");
  return (
    <FormDialog
      title={project ? t("edit.title", { name: project.name }) : t("add.title")}
      submitLabel={project ? common("save") : t("add")}
      busy={isPending}
      error={taken ? undefined : error}
      onClose={onClose}
      onSubmit={() => {
        setTried(true);
        if (!empty) mutate(draft);
      }}
    >
      <Field
        label={t("name")}
        error={(tried && empty && common("name.empty")) || (taken && t("taken"))}
        required
      >
        <TextField
          maxLength={100}
          value={draft.name}
          onChange={(event) => change({ name: event.target.value })}
        />
      </Field>
      <div className="flex flex-col items-start gap-1.5">
        <span aria-hidden="true" className="text-13 font-medium">
          {t("locale")}
        </span>
        <SegmentedControl
          label={t("locale")}
          value={draft.locale}
          onValueChange={(next) => change({ locale: next })}
          options={[
            { value: "ru", label: <span lang="ru">Русский</span> },
            { value: "en", label: <span lang="en">English</span> },
          ]}
        />
      </div>
      <Field label={t("zone")} hint={t("zone.hint")}>
        <Combobox
          options={zones}
          value={draft.timeZone}
          onValueChange={(timeZone) => change({ timeZone })}
          label={t("zone")}
          placeholder={t("zone.find")}
          filterPlaceholder={t("zone.find")}
          emptyText={t("zone.none")}
        />
      </Field>
      <Field label={t("accent")} hint={t("accent.hint")}>
        <TextField
          type="color"
          className="w-24"
          value={draft.accent}
          onChange={(event) => change({ accent: event.target.value })}
        />
      </Field>
    </FormDialog>
  );
}
