import type { Contact, ContactField } from "@okno/contract";
import { OknoError } from "@okno/sdk";
import { Banner, Button, ConflictBanner, Dialog, Field, Select, TextArea, TextField, toast } from "@okno/ui";
import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useId, useState } from "react";
import { api } from "../api/client.ts";
import { errorMessage, isRefusal } from "../api/error-message.ts";
import { useKeptForm } from "../drafts/kept-form.ts";
import { useLocale } from "../i18n/i18n.ts";
import {
  bodyOf,
  type CardDraft,
  type DraftKey,
  draftOf,
  lineOf,
  rebase,
  valueOfText,
  withLine,
} from "./draft.ts";
import { useT } from "./messages.ts";
import { keepCard } from "./queries.ts";
import { useFieldsOf, ValueInput, wordsOfValue } from "./values.tsx";

const unset = "-";

/** What others have written while this form was open, beside what was typed in it. */
type Conflict = { now: CardDraft; both: readonly DraftKey[] };

function startOf(contact: Contact) {
  const card = draftOf(contact);
  return { base: { version: contact.version, card }, draft: card };
}

function useEditing(opened: Contact, onClose: () => void) {
  const t = useT();
  // Closed without saving it is kept, with the card that it was begun from: a colleague's change meanwhile is then noticed.
  const [{ base, draft }, keep, forget] = useKeptForm(`contact ${opened.id}`, startOf(opened));
  const [conflict, setConflict] = useState<Conflict>();
  const fields = useFieldsOf(opened);
  const composed = bodyOf(base.card, draft, fields);
  const save = useMutation({
    mutationFn: () =>
      api.contacts.update({
        params: { id: opened.id },
        body: { ...composed.body, version: base.version },
      }),
    onSuccess: (card) => {
      forget();
      keepCard(card, opened.id);
      toast({ title: t("saved"), tone: "good" });
      onClose();
    },
    onError: async (error) => {
      if (!isRefusal(error, "version_conflict")) return;
      const fresh = await api.contacts.get({ params: { id: opened.id } });
      keepCard(fresh, opened.id);
      const now = draftOf(fresh);
      const { draft: kept, both } = rebase(base.card, draft, now);
      keep({ base: { version: fresh.version, card: now }, draft: kept });
      setConflict({ now, both });
    },
  });
  return {
    draft,
    fields,
    conflict,
    composed,
    save,
    forget,
    change: (key: DraftKey, text: string) => keep({ draft: withLine(draft, key, text) }),
  };
}

type Editing = ReturnType<typeof useEditing>;

/** The fields that the server found wrong, by id. */
function wrongFields(error: unknown): Set<string> {
  const problems = isRefusal(error, "invalid_request") ? (error.problem?.errors ?? []) : [];
  return new Set(
    problems.flatMap(({ pointer }) =>
      pointer.startsWith("/fields/") ? [pointer.slice("/fields/".length)] : [],
    ),
  );
}

function Now({ editing, at, words }: { editing: Editing; at: DraftKey; words: string }) {
  const t = useT();
  const { conflict, change } = editing;
  if (!conflict) return null;
  return (
    <span className="flex flex-wrap items-center gap-x-2 text-13">
      <bdi className="[overflow-wrap:anywhere]">
        {t("conflict.now", { value: words || t("conflict.empty") })}
      </bdi>
      <Button size="sm" variant="ghost" onClick={() => change(at, lineOf(conflict.now, at))}>
        {t("conflict.take")}
      </Button>
    </span>
  );
}

function CustomField({ editing, field }: { editing: Editing; field: ContactField }) {
  const t = useT();
  const locale = useLocale();
  const { draft, composed, conflict, save, change } = editing;
  const key: DraftKey = `field:${field.id}`;
  const now = conflict ? (valueOfText(field, lineOf(conflict.now, key)) ?? "") : "";
  const wrong = composed.wrong.includes(field.id) || wrongFields(save.error).has(field.id);
  const why =
    field.kind === "number" || field.kind === "link" ? t(`fields.wrong.${field.kind}`) : t("fields.wrong");
  if (field.archivedAt) return null;
  return (
    <ValueInput
      field={field}
      text={lineOf(draft, key)}
      error={wrong && why}
      hint={
        conflict?.both.includes(key) && (
          <Now editing={editing} at={key} words={wordsOfValue(field, now, { t, locale })} />
        )
      }
      onChange={(text) => change(key, text)}
    />
  );
}

function Lines({ editing }: { editing: Editing }) {
  const t = useT();
  const { draft, conflict, change, fields } = editing;
  const language = (code: string) => (code === "ru" || code === "en" ? t(`language.${code}`) : code);
  const languages = [...new Set(["ru", "en", ...(draft.locale ? [draft.locale] : [])])];
  const now = (key: "name" | "locale" | "note"): ReactNode => {
    if (!conflict?.both.includes(key)) return undefined;
    const text = conflict.now[key];
    return <Now editing={editing} at={key} words={key === "locale" ? language(text) : text} />;
  };
  return (
    <>
      <Field label={t("name")} hint={now("name")}>
        <TextField
          autoFocus
          maxLength={200}
          autoComplete="off"
          value={draft.name}
          onChange={(event) => change("name", event.target.value)}
        />
      </Field>
      <Field label={t("language")} hint={now("locale")}>
        <Select
          options={[
            { value: unset, label: t("language.none") },
            ...languages.map((code) => ({ value: code, label: language(code) })),
          ]}
          value={draft.locale || unset}
          onValueChange={(value) => change("locale", value === unset ? "" : value)}
        />
      </Field>
      {fields.map((field) => (
        <CustomField key={field.id} editing={editing} field={field} />
      ))}
      <Field label={t("note")} hint={now("note") ?? t("note.hint")}>
        <TextArea
          maxLength={10_000}
          value={draft.note}
          onChange={(event) => change("note", event.target.value)}
          dir="auto"
        />
      </Field>
    </>
  );
}

/** Name, language, custom fields and note. A colleague's change meanwhile is shown beside what was typed; nothing typed is lost. */
export function EditContact({ contact, onClose }: { contact: Contact; onClose: () => void }) {
  const t = useT();
  const form = useId();
  // The card as it was when the form was opened: what arrives while somebody writes must not move the ground under the form.
  const [opened] = useState(contact);
  const editing = useEditing(opened, onClose);
  const { composed, conflict, save } = editing;
  const shown =
    save.error instanceof OknoError &&
    (save.error.code === "version_conflict" || wrongFields(save.error).size > 0);
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t("edit.title")}
      closeLabel={t("close")}
      footer={
        <>
          <Button
            onClick={() => {
              editing.forget();
              onClose();
            }}
          >
            {t("cancel")}
          </Button>
          <Button type="submit" form={form} variant="primary" shortcut="mod+enter" busy={save.isPending}>
            {t("save")}
          </Button>
        </>
      }
    >
      <form
        id={form}
        noValidate
        className="flex flex-col gap-4"
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) event.currentTarget.requestSubmit();
        }}
        onSubmit={(event) => {
          event.preventDefault();
          if (save.isPending || composed.wrong.length > 0) return;
          if (composed.changed) save.mutate();
          else {
            editing.forget();
            onClose();
          }
        }}
      >
        {conflict ? <ConflictBanner title={t("conflict.title")} text={t("conflict.text")} /> : null}
        <Lines editing={editing} />
        {save.error && !shown ? <Banner tone="late">{errorMessage(save.error)}</Banner> : null}
      </form>
    </Dialog>
  );
}
