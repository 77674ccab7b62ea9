import type { Label, Project } from "@okno/contract";
import { Button, EmptyState, IconButton, Tag } from "@okno/ui";
import { useQuery } from "@tanstack/react-query";
import { Pencil, Plus } from "lucide-react";
import { useState } from "react";
import { labelsQuery } from "../../shared/directory/directory.ts";
import { hueOfLabel } from "../../shared/directory/label-hue.ts";
import { EditLabel } from "./edit-label.tsx";
import { useT } from "./messages.ts";
import { Loaded, Row, Rows, SettingsPage } from "./page.tsx";
import { WithProject } from "./project-choice.tsx";
import { useT as useProjectT } from "./project-messages.ts";

function List({ project, labels }: { project: Project; labels: readonly Label[] }) {
  const t = useProjectT();
  const common = useT();
  const [open, setOpen] = useState<"add" | Label>();
  const add = (
    <Button variant="primary" icon={<Plus />} onClick={() => setOpen("add")}>
      {t("labels.add")}
    </Button>
  );
  return (
    <>
      {labels.length === 0 ? (
        <EmptyState title={t("labels.none")} text={t("labels.none.text")} action={add} />
      ) : (
        <>
          <div>{add}</div>
          <Rows label={common("nav.labels")}>
            {labels.map((label) => (
              <Row
                key={label.id}
                title={<Tag hue={hueOfLabel(label.hue)}>{label.name}</Tag>}
                extra={
                  <span className="text-13 text-text-3 tabular-nums">
                    {t("labels.weight.is", { weight: String(label.weight).replace("-", "−") })}
                  </span>
                }
                actions={
                  <IconButton
                    label={t("labels.edit", { name: label.name })}
                    icon={<Pencil />}
                    onClick={() => setOpen(label)}
                  />
                }
              />
            ))}
          </Rows>
        </>
      )}
      {open ? (
        <EditLabel
          project={project.id}
          label={open === "add" ? undefined : open}
          onClose={() => setOpen(undefined)}
        />
      ) : null}
    </>
  );
}

/** Labels of a project, the heaviest first. */
export function Labels() {
  const t = useProjectT();
  const common = useT();
  const query = useQuery(labelsQuery);
  return (
    <SettingsPage title={common("nav.labels")} text={t("labels.text")}>
      <WithProject>
        {(project) => (
          <Loaded query={query}>
            {(labels) => (
              <List
                key={project.id}
                project={project}
                labels={labels
                  .filter((label) => label.project === project.id)
                  .sort((a, b) => b.weight - a.weight)}
              />
            )}
          </Loaded>
        )}
      </WithProject>
    </SettingsPage>
  );
}
