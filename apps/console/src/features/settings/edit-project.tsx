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

type Draft = Pick<Project, "name" | "locale" | "timeZone" | "accent"> & { soon: string; late: string };

const zones = ["UTC", ...Intl.supportedValuesOf("timeZone")].map((zone) => ({
  id: zone,
  label: zone.replaceAll("_", " "),
}));

const mostMinutes = 100_000;

/** Whole minutes, or undefined for anything else. */
function minutesOf(text: string): number | undefined {
  const minutes = /^\d{1,6}$/u.test(text.trim()) ? Number(text) : 0;
  return minutes >= 1 && minutes <= mostMinutes ? minutes : undefined;
}

type AnswerProps = { draft: Draft; tried: boolean; onChange: (part: Partial<Draft>) => void };

/** From when a customer without an answer stands in amber, and from when in red. */
function AnswerTimes({ draft, tried, onChange }: AnswerProps) {
  const t = useProjectT();
  const [soon, late] = [minutesOf(draft.soon), minutesOf(draft.late)];
  const order = soon !== undefined && late !== undefined && late <= soon;
  const lateError = late === undefined ? t("answer.wrong") : order ? t("answer.order") : undefined;
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="pb-1 text-13 font-medium">{t("answer")}</legend>
      <div className="flex flex-wrap gap-4">
        <Field
          className="min-w-40 flex-1"
          label={t("answer.soon")}
          error={tried && soon === undefined && t("answer.wrong")}
        >
          <TextField
            inputMode="numeric"
            maxLength={6}
            value={draft.soon}
            onChange={(event) => onChange({ soon: event.target.value })}
          />
        </Field>
        <Field className="min-w-40 flex-1" label={t("answer.late")} error={tried && lateError}>
          <TextField
            inputMode="numeric"
            maxLength={6}
            value={draft.late}
            onChange={(event) => onChange({ late: event.target.value })}
          />
        </Field>
      </div>
    </fieldset>
  );
}

type Props = { project?: Project | undefined; onClose: () => void };

/** A new project, or the properties of one. */
export function EditProject({ project, onClose }: Props) {
  const t = useProjectT();
  const common = useT();
  const locale = useLocale();
  const [draft, setDraft] = useState<Draft>(() => ({
    name: project?.name ?? "",
    locale: project?.locale ?? locale,
    timeZone: project?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    accent: project?.accent ?? "#0f766e",
    soon: String(project?.answerSoonMinutes ?? ""),
    late: String(project?.answerLateMinutes ?? ""),
  }));
  const [tried, setTried] = useState(false);
  const { mutate, isPending, error } = useSave(
    ({ name, locale: language, timeZone, accent, soon, late }: Draft) => {
      const body = { name, locale: language, timeZone, accent };
      if (!project) return api.projects.create({ body });
      const answer = { answerSoonMinutes: Number(soon), answerLateMinutes: Number(late) };
      return api.projects.update({ params: { id: project.id }, body: { ...body, ...answer } });
    },
    { stale: [projectsQuery.queryKey, channelsQuery.queryKey], done: common("saved"), onSaved: onClose },
  );
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part });
  const empty = draft.name.trim() === "";
  const [soon, late] = [minutesOf(draft.soon), minutesOf(draft.late)];
  const timed = !project || (soon !== undefined && late !== undefined && soon < late);
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
        if (!empty && timed) mutate(draft);
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
      {project ? <AnswerTimes draft={draft} tried={tried} onChange={change} /> : null}
    </FormDialog>
  );
}
