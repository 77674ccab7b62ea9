import { Banner, Button, Checkbox, Dialog, Field, TextArea, TextField, toast } from "@okno/ui";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type KeyboardEvent, useId, useRef, useState } from "react";
import { api } from "../../shared/api/client.ts";
import { errorMessage, isRefusal } from "../../shared/api/error-message.ts";
import { looksLikePhone } from "../../shared/contacts/address.ts";
import { useKeptForm } from "../../shared/drafts/kept-form.ts";
import { refreshLists } from "../../shared/tickets/refresh.ts";
import { ProjectChoice, TopicChoice } from "./form-parts.tsx";
import { useT } from "./messages.ts";
import { subjectOf } from "./subject.ts";
import { rememberProject, useProject } from "./use-project.ts";

type NoteForm = {
  who: string;
  words: string;
  topic: string | undefined;
  project: string | undefined;
  done: boolean;
};
const empty: NoteForm = { who: "", words: "", topic: undefined, project: undefined, done: false };

function contactOf(who: string) {
  const text = who.trim();
  if (text === "") return {};
  return looksLikePhone(text) ? { phone: text } : { name: text };
}

function useNote(onClose: () => void) {
  const t = useT();
  const navigate = useNavigate();
  const [form, change, forget] = useKeptForm("note", empty);
  const [key] = useState(() => crypto.randomUUID());
  const project = useProject(form.project);
  const save = useMutation({
    mutationFn: () =>
      api.tickets.create({
        body: {
          subject: subjectOf(form.words),
          body: form.words,
          contact: contactOf(form.who),
          opening: "note",
          assignee: "me",
          completed: form.done,
          project,
          ...(form.topic && { topic: form.topic }),
        },
        // Pressed again after a lost answer it is still one note; what was corrected since is another.
        idempotencyKey: `${key} ${form.who.length} ${form.words.length}`,
      }),
    onSuccess: (ticket) => {
      forget();
      rememberProject(project);
      void refreshLists();
      toast({
        title: t(form.done ? "note.saved.done" : "note.saved", { number: ticket.number }),
        tone: "good",
        action: {
          label: t("note.open"),
          onAction: () =>
            void navigate({ to: "/inbox/$view/$ticket", params: { view: "all", ticket: ticket.id } }),
        },
      });
      onClose();
    },
  });
  return { form, change, project, save };
}

/** A call in ten seconds: who, what was said, Enter. */
export function QuickNote({ onClose }: { onClose: () => void }) {
  const t = useT();
  const id = useId();
  const words = useRef<HTMLTextAreaElement>(null);
  const [tried, setTried] = useState(false);
  const { form, change, project, save } = useNote(onClose);
  const noWords = form.words.trim() === "";
  const wrongPhone =
    isRefusal(save.error, "invalid_request") &&
    save.error.problem?.errors?.some(({ pointer }) => pointer.startsWith("/contact"));
  const submit = () => {
    setTried(true);
    if (noWords) words.current?.focus();
    else if (!save.isPending) save.mutate();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
    const all = event.ctrlKey || event.metaKey;
    const inWords = event.target === words.current && !event.shiftKey;
    if (!all && !inWords) return;
    event.preventDefault();
    submit();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t("note.title")}
      closeLabel={t("close")}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button type="submit" form={id} variant="primary" shortcut="enter" busy={save.isPending}>
            {t("note.save")}
          </Button>
        </>
      }
    >
      <form
        id={id}
        noValidate
        className="flex flex-col gap-4"
        onKeyDown={onKeyDown}
        onSubmit={(event) => {
          event.preventDefault();
          // Enter in the first line goes on to the next.
          if (noWords && !tried && document.activeElement !== words.current) words.current?.focus();
          else submit();
        }}
      >
        <Field label={t("note.who")} error={wrongPhone && t("note.phone.wrong")}>
          <TextField
            autoFocus
            autoComplete="off"
            maxLength={200}
            value={form.who}
            onChange={(event) => change({ who: event.target.value })}
          />
        </Field>
        <Field
          label={t("note.words")}
          hint={t("note.hint")}
          error={tried && noWords && t("note.words.empty")}
        >
          <TextArea
            ref={words}
            dir="auto"
            maxLength={50_000}
            value={form.words}
            onChange={(event) => change({ words: event.target.value })}
          />
        </Field>
        <ProjectChoice project={project} onChange={(next) => change({ project: next, topic: undefined })} />
        <TopicChoice project={project} topic={form.topic} onChange={(topic) => change({ topic })} />
        <Checkbox label={t("note.done")} checked={form.done} onCheckedChange={(done) => change({ done })} />
        {save.error && !wrongPhone ? <Banner tone="late">{errorMessage(save.error)}</Banner> : null}
      </form>
    </Dialog>
  );
}
