import { Combobox, Field, Select } from "@okno/ui";
import { topicPath, useProjects, useTopics } from "../../shared/directory/directory.ts";
import { useT } from "./messages.ts";

const none = "-";

type TopicProps = {
  project: string;
  topic: string | undefined;
  onChange: (topic: string | undefined) => void;
};

/** The topic, if one cares to say it. */
export function TopicChoice({ project, topic, onChange }: TopicProps) {
  const t = useT();
  const topics = useTopics();
  const ofProject = topics.filter((each) => each.project === project);
  if (ofProject.length === 0) return null;
  return (
    <Field label={t("note.topic")}>
      <Combobox
        label={t("note.topic")}
        placeholder={t("note.topic.none")}
        filterPlaceholder={t("note.topic.find")}
        emptyText={t("note.topic.empty")}
        options={[
          { id: none, label: t("note.topic.none") },
          ...ofProject.map((each) => ({ id: each.id, label: topicPath(topics, each.id) ?? each.name })),
        ]}
        value={topic ?? none}
        onValueChange={(id) => onChange(id === none ? undefined : id)}
      />
    </Field>
  );
}

type ProjectProps = { project: string; onChange: (project: string) => void };

/** For whom, where there are several projects. */
export function ProjectChoice({ project, onChange }: ProjectProps) {
  const t = useT();
  const projects = useProjects();
  if (projects.length < 2) return null;
  return (
    <Field label={t("note.project")}>
      <Select
        options={projects.map(({ id, name }) => ({ value: id, label: name }))}
        value={project}
        onValueChange={onChange}
      />
    </Field>
  );
}
