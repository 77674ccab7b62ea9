import { type ContactField, contactFieldsPerProject, type Project } from "@okno/contract";
import { Button, EmptyState, IconButton, toast } from "@okno/ui";
import { useQuery } from "@tanstack/react-query";
import {
  Archive,
  ArrowDown,
  ArrowUp,
  Calendar,
  Hash,
  Link,
  ListChecks,
  Pencil,
  Plus,
  TextCursorInput,
  ToggleRight,
} from "lucide-react";
import { useState } from "react";
import { api } from "../../shared/api/client.ts";
import { contactFieldsQuery } from "../../shared/contacts/queries.ts";
import { useT as useFieldT } from "./contact-field-messages.ts";
import { EditContactField } from "./edit-contact-field.tsx";
import { useT } from "./messages.ts";
import { Loaded, Row, Rows, SettingsPage } from "./page.tsx";
import { WithProject } from "./project-choice.tsx";
import { useSave } from "./use-save.ts";

const icons: Readonly<Record<ContactField["kind"], React.ReactNode>> = {
  text: <TextCursorInput />,
  number: <Hash />,
  date: <Calendar />,
  choice: <ListChecks />,
  boolean: <ToggleRight />,
  link: <Link />,
};

const stale = [contactFieldsQuery.queryKey];

/** What can be done with a field in the list: moved, put away, brought back. */
function useFieldChanges() {
  const t = useFieldT();
  const restore = useSave(
    (field: ContactField) =>
      api.contactFields.update({ params: { id: field.id }, body: { archived: false } }),
    { stale, sayFailure: true },
  );
  const archive = useSave((field: ContactField) => api.contactFields.archive({ params: { id: field.id } }), {
    stale,
    sayFailure: true,
    onSaved: (_, field) =>
      toast({
        title: t("archived"),
        action: { label: t("undo"), shortcut: "z", onAction: () => restore.mutate(field) },
      }),
  });
  const move = useSave(
    ({ field, place }: { field: ContactField; place: number }) =>
      api.contactFields.update({ params: { id: field.id }, body: { place } }),
    { stale, sayFailure: true },
  );
  return { restore: restore.mutate, archive: archive.mutate, move: move.mutate };
}

type RowProps = {
  field: ContactField;
  place: number;
  last: boolean;
  changes: ReturnType<typeof useFieldChanges>;
  onEdit: () => void;
};

function FieldRow({ field, place, last, changes, onEdit }: RowProps) {
  const t = useFieldT();
  const { name } = field;
  const kind = t(`kind.${field.kind}`);
  return (
    <Row
      icon={icons[field.kind]}
      title={<bdi>{name}</bdi>}
      text={field.choices.length > 0 ? `${kind}: ${field.choices.join(", ")}` : kind}
      actions={
        <>
          <IconButton
            size="sm"
            label={t("up", { name })}
            icon={<ArrowUp />}
            disabled={place === 0}
            onClick={() => changes.move({ field, place: place - 1 })}
          />
          <IconButton
            size="sm"
            label={t("down", { name })}
            icon={<ArrowDown />}
            disabled={last}
            onClick={() => changes.move({ field, place: place + 1 })}
          />
          <IconButton size="sm" label={t("edit", { name })} icon={<Pencil />} onClick={onEdit} />
          <IconButton
            size="sm"
            label={t("archive", { name })}
            icon={<Archive />}
            onClick={() => changes.archive(field)}
          />
        </>
      }
    />
  );
}

function OutOfUse({
  fields,
  onRestore,
}: {
  fields: readonly ContactField[];
  onRestore: (field: ContactField) => void;
}) {
  const t = useFieldT();
  if (fields.length === 0) return null;
  return (
    <section>
      <h2 className="text-14 font-semibold">{t("archived.title")}</h2>
      <p className="mt-1 mb-3 text-13 text-text-3">{t("archived.text")}</p>
      <Rows label={t("archived.title")}>
        {fields.map((field) => (
          <Row
            key={field.id}
            icon={icons[field.kind]}
            title={<bdi className="text-text-2">{field.name}</bdi>}
            actions={
              <Button
                size="sm"
                aria-label={t("restore.name", { name: field.name })}
                onClick={() => onRestore(field)}
              >
                {t("restore")}
              </Button>
            }
          />
        ))}
      </Rows>
    </section>
  );
}

function List({ project, fields }: { project: Project; fields: readonly ContactField[] }) {
  const t = useFieldT();
  const common = useT();
  const [open, setOpen] = useState<"add" | ContactField>();
  const changes = useFieldChanges();
  const used = fields.filter((field) => !field.archivedAt);
  const full = used.length >= contactFieldsPerProject;
  const add = (
    <Button variant="primary" icon={<Plus />} disabled={full} onClick={() => setOpen("add")}>
      {t("add")}
    </Button>
  );
  return (
    <>
      {used.length === 0 ? (
        <EmptyState title={t("none")} text={t("none.text")} action={add} />
      ) : (
        <>
          <div className="flex flex-wrap items-center gap-3">
            {add}
            {full ? <p className="text-13 text-text-3">{t("full")}</p> : null}
          </div>
          <Rows label={common("nav.contact-fields")}>
            {used.map((field, place) => (
              <FieldRow
                key={field.id}
                field={field}
                place={place}
                last={place === used.length - 1}
                changes={changes}
                onEdit={() => setOpen(field)}
              />
            ))}
          </Rows>
        </>
      )}
      <OutOfUse fields={fields.filter((field) => field.archivedAt)} onRestore={changes.restore} />
      {open ? (
        <EditContactField
          project={project.id}
          field={open === "add" ? undefined : open}
          onClose={() => setOpen(undefined)}
        />
      ) : null}
    </>
  );
}

/** What a project keeps of its customers. */
export function ContactFields() {
  const t = useFieldT();
  const common = useT();
  const query = useQuery(contactFieldsQuery);
  return (
    <SettingsPage title={common("nav.contact-fields")} text={t("text")}>
      <WithProject>
        {(project) => (
          <Loaded query={query}>
            {(fields) => (
              <List
                key={project.id}
                project={project}
                fields={fields.filter((field) => field.project === project.id)}
              />
            )}
          </Loaded>
        )}
      </WithProject>
    </SettingsPage>
  );
}
