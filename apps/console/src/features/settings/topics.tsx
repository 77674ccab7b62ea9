import { type Project, type Topic, topicsPerLevel } from "@okno/contract";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../shared/api/client.ts";
import { isRefusal } from "../../shared/api/error-message.ts";
import { topicsQuery } from "../../shared/directory/directory.ts";
import { AddTopic } from "./add-topic.tsx";
import { FormDialog } from "./form-dialog.tsx";
import { useT } from "./messages.ts";
import { Loaded, SettingsPage } from "./page.tsx";
import { WithProject } from "./project-choice.tsx";
import { useT as useProjectT } from "./project-messages.ts";
import { TopicReport, topicReportQuery } from "./topic-report.tsx";
import { TopicRow } from "./topic-row.tsx";
import { useSave } from "./use-save.ts";

function ArchiveTopic({ topic, onClose }: { topic: Topic; onClose: () => void }) {
  const t = useProjectT();
  const { mutate, isPending, error } = useSave(() => api.topics.archive({ params: { id: topic.id } }), {
    stale: [topicsQuery.queryKey],
    done: t("topics.archived"),
    onSaved: onClose,
  });
  const needed = isRefusal(error, "in_use");
  return (
    <FormDialog
      title={t("topics.archive.title", { name: topic.name })}
      text={t("topics.archive.text")}
      submitLabel={t("topics.archive.submit")}
      danger
      busy={isPending}
      error={needed ? undefined : error}
      onClose={onClose}
      onSubmit={() => mutate(undefined)}
    >
      {needed ? (
        <p role="alert" className="text-14 text-late">
          {t("topics.in.use")}
        </p>
      ) : null}
    </FormDialog>
  );
}

function Tree({ project, topics }: { project: Project; topics: readonly Topic[] }) {
  const t = useProjectT();
  const common = useT();
  const { data: report } = useQuery(topicReportQuery(project.id));
  const [archiving, setArchiving] = useState<Topic>();
  const tickets = new Map(report?.byTopic.map(({ topic, tickets: count }) => [topic, count]));
  const under = (parent: string | null) => topics.filter((topic) => topic.parent === parent);
  const row = (topic: Topic) => (
    <TopicRow topic={topic} tickets={tickets.get(topic.id)} onArchive={() => setArchiving(topic)} />
  );
  return (
    <div>
      {topics.length === 0 ? (
        <div className="pb-4">
          <p className="text-14 font-medium">{t("topics.none")}</p>
          <p className="mt-1 text-14 text-text-2">{t("topics.none.text")}</p>
        </div>
      ) : null}
      <ul aria-label={common("nav.topics")} className="flex flex-col gap-3">
        {under(null).map((topic) => (
          <li key={topic.id} className="rounded-panel border px-4 py-1.5">
            <div className="font-medium">{row(topic)}</div>
            <ul className="ml-1 border-l pl-4">
              {under(topic.id).map((child) => (
                <li key={child.id}>{row(child)}</li>
              ))}
              <li>
                <AddTopic project={project.id} parent={topic} used={under(topic.id).length} />
              </li>
            </ul>
          </li>
        ))}
        <li className="px-4">
          <AddTopic project={project.id} parent={null} used={under(null).length} />
        </li>
      </ul>
      {archiving ? <ArchiveTopic topic={archiving} onClose={() => setArchiving(undefined)} /> : null}
    </div>
  );
}

/** The tree of topics, with what is wrong with it. */
export function Topics() {
  const t = useProjectT();
  const common = useT();
  const query = useQuery(topicsQuery);
  return (
    <SettingsPage title={common("nav.topics")} text={t("topics.text", { count: topicsPerLevel })}>
      <WithProject>
        {(project) => (
          <>
            <TopicReport project={project} />
            <Loaded query={query}>
              {(topics) => (
                <Tree
                  key={project.id}
                  project={project}
                  topics={topics.filter((topic) => topic.project === project.id)}
                />
              )}
            </Loaded>
          </>
        )}
      </WithProject>
    </SettingsPage>
  );
}
