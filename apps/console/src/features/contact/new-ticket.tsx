import { OknoError } from "@okno/sdk";
import {
  Banner,
  Button,
  Checkbox,
  Dialog,
  Field,
  RadioGroup,
  SegmentedControl,
  TextArea,
  TextField,
  toast,
} from "@okno/ui";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useId, useState } from "react";
import { api } from "../../shared/api/client.ts";
import { errorMessage, isRefusal } from "../../shared/api/error-message.ts";
import { kindOfAddress } from "../../shared/contacts/address.ts";
import { type ChosenContact, ContactChoice } from "../../shared/contacts/contact-choice.tsx";
import { contactQuery } from "../../shared/contacts/queries.ts";
import { useChannels } from "../../shared/directory/directory.ts";
import { useKeptForm } from "../../shared/drafts/kept-form.ts";
import { refreshLists } from "../../shared/tickets/refresh.ts";
import { ProjectChoice, TopicChoice } from "./form-parts.tsx";
import { useT } from "./messages.ts";
import { subjectOf } from "./subject.ts";
import { rememberProject, useProject } from "./use-project.ts";

type TicketForm = {
  who: "known" | "new";
  contact: ChosenContact | undefined;
  name: string;
  address: string;
  /** A channel's id, or a note. */
  way: string | undefined;
  subject: string;
  words: string;
  topic: string | undefined;
  project: string | undefined;
  mine: boolean;
};
const empty: TicketForm = {
  who: "known",
  contact: undefined,
  name: "",
  address: "",
  way: undefined,
  subject: "",
  words: "",
  topic: undefined,
  project: undefined,
  mine: true,
};
const asNote = "note";

/** The channels by which the chosen customer can be reached: those where they have written. */
function useWays(form: TicketForm) {
  const channels = useChannels();
  const id = form.who === "known" ? form.contact?.id : undefined;
  const { data: card } = useQuery({ ...contactQuery(id ?? ""), enabled: id !== undefined });
  const used = new Set(card?.identities.map(({ channel }) => channel));
  return {
    card,
    ways: id === undefined ? [] : channels.filter((channel) => channel.enabled && used.has(channel.id)),
  };
}

function contactOf(form: TicketForm) {
  if (form.who === "known") return form.contact ? { id: form.contact.id } : {};
  const [name, address] = [form.name.trim(), form.address.trim()];
  return { ...(name && { name }), ...(address && { [kindOfAddress(address)]: address }) };
}

function useNewTicket(contact: ChosenContact | undefined, onClose: () => void) {
  const t = useT();
  const navigate = useNavigate();
  const [form, change, forget] = useKeptForm<TicketForm>(`ticket ${contact?.id ?? ""}`, {
    ...empty,
    contact,
  });
  const [key] = useState(() => crypto.randomUUID());
  const { card, ways } = useWays(form);
  const chosen = useProject(form.project);
  const project = card?.project ?? chosen;
  const way = [form.way, ways[0]?.id].find((id) => ways.some((each) => each.id === id)) ?? asNote;
  const settled = form.way === asNote ? asNote : way;
  const save = useMutation({
    mutationFn: () =>
      api.tickets.create({
        body: {
          subject: form.subject.trim() || subjectOf(form.words),
          body: form.words,
          contact: contactOf(form),
          project,
          ...(settled === asNote ? { opening: "note" } : { opening: "us", channel: settled }),
          ...(form.mine && { assignee: "me" }),
          ...(form.topic && { topic: form.topic }),
        },
        idempotencyKey: `${key} ${form.words.length} ${settled} ${form.contact?.id ?? form.address}`,
      }),
    onSuccess: (ticket) => {
      forget();
      rememberProject(project);
      void refreshLists();
      toast({ title: t("ticket.made", { number: ticket.number }), tone: "good" });
      onClose();
      void navigate({ to: "/inbox/$view/$ticket", params: { view: "all", ticket: ticket.id } });
    },
  });
  const fixed = form.who === "known" && card !== undefined;
  return { form, change, project, fixed, ways, way: settled, save };
}

type State = ReturnType<typeof useNewTicket>;

function Who({ state, tried }: { state: State; tried: boolean }) {
  const t = useT();
  const { form, change, project, fixed } = state;
  const wrong =
    isRefusal(state.save.error, "invalid_request") &&
    state.save.error.problem?.errors?.some(({ pointer }) => pointer.startsWith("/contact"));
  const nobody = form.name.trim() === "" && form.address.trim() === "";
  return (
    <>
      <SegmentedControl
        className="self-start"
        label={t("ticket.who")}
        options={[
          { value: "known", label: t("ticket.who.known") },
          { value: "new", label: t("ticket.who.new") },
        ]}
        value={form.who}
        onValueChange={(who) => change({ who: who === "new" ? "new" : "known" })}
      />
      {form.who === "known" ? (
        <Field label={t("ticket.who")} error={tried && !form.contact && t("ticket.who.empty")}>
          <ContactChoice
            label={t("ticket.who")}
            chosen={form.contact}
            onChoose={(contact) => change({ contact, way: undefined, topic: undefined })}
          />
        </Field>
      ) : (
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t("ticket.name")} error={tried && nobody && t("ticket.who.new.empty")}>
            <TextField
              autoComplete="off"
              maxLength={200}
              value={form.name}
              onChange={(event) => change({ name: event.target.value })}
            />
          </Field>
          <Field label={t("ticket.address")} error={wrong && t("ticket.address.wrong")}>
            <TextField
              autoComplete="off"
              maxLength={254}
              value={form.address}
              onChange={(event) => change({ address: event.target.value })}
            />
          </Field>
        </div>
      )}
      {fixed ? null : (
        <ProjectChoice project={project} onChange={(next) => change({ project: next, topic: undefined })} />
      )}
    </>
  );
}

function Way({ state }: { state: State }) {
  const t = useT();
  const { form, ways, way, change } = state;
  // Before it is known whom to write to, there is nothing to say of it.
  if (form.who === "known" && !form.contact) return null;
  if (ways.length === 0) return <p className="text-13 text-text-2">{t("ticket.way.none")}</p>;
  return (
    <RadioGroup
      label={t("ticket.way")}
      options={[
        ...ways.map(({ id, name }) => ({ value: id, label: t("ticket.way.channel", { name }) })),
        { value: asNote, label: t("ticket.way.note") },
      ]}
      value={way}
      onValueChange={(next) => change({ way: next })}
    />
  );
}

/** The refusal, and the way to the conversation that is open already. */
function Refused({ error, onClose }: { error: unknown; onClose: () => void }) {
  const t = useT();
  const navigate = useNavigate();
  const ticket = error instanceof OknoError ? error.problem?.details?.ticket : undefined;
  if (isRefusal(error, "conversation_already_open") && typeof ticket === "string")
    return (
      <Banner
        tone="soon"
        action={
          <Button
            size="sm"
            onClick={() => {
              onClose();
              void navigate({ to: "/inbox/$view/$ticket", params: { view: "all", ticket } });
            }}
          >
            {t("ticket.open.it")}
          </Button>
        }
      >
        {t("ticket.open.already")}
      </Banner>
    );
  return <Banner tone="late">{errorMessage(error)}</Banner>;
}

function Words({ state, tried }: { state: State; tried: boolean }) {
  const t = useT();
  const { form, change, project, way } = state;
  const note = way === asNote;
  return (
    <>
      <Field label={t("ticket.subject")}>
        <TextField
          autoComplete="off"
          maxLength={300}
          placeholder={subjectOf(form.words)}
          value={form.subject}
          onChange={(event) => change({ subject: event.target.value })}
        />
      </Field>
      <Field
        label={t(note ? "ticket.words.note" : "ticket.words")}
        error={tried && form.words.trim() === "" && t("ticket.words.empty")}
      >
        <TextArea
          dir="auto"
          maxLength={50_000}
          value={form.words}
          onChange={(event) => change({ words: event.target.value })}
        />
      </Field>
      <TopicChoice project={project} topic={form.topic} onChange={(topic) => change({ topic })} />
      <Checkbox label={t("ticket.mine")} checked={form.mine} onCheckedChange={(mine) => change({ mine })} />
    </>
  );
}

function isComplete(form: TicketForm): boolean {
  const somebody =
    form.who === "known" ? form.contact !== undefined : form.name.trim() !== "" || form.address.trim() !== "";
  return somebody && form.words.trim() !== "";
}

type Props = { contact: ChosenContact | undefined; onClose: () => void };

/** A ticket that we begin: our words leave by the customer's own channel, or stay with us as a note. */
export function NewTicket({ contact, onClose }: Props) {
  const t = useT();
  const id = useId();
  const [tried, setTried] = useState(false);
  const state = useNewTicket(contact, onClose);
  const { form, save, way } = state;
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t("ticket.title")}
      closeLabel={t("close")}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button type="submit" form={id} variant="primary" shortcut="mod+enter" busy={save.isPending}>
            {t(way === asNote ? "ticket.save" : "ticket.send")}
          </Button>
        </>
      }
    >
      <form
        id={id}
        noValidate
        className="flex flex-col gap-4"
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) event.currentTarget.requestSubmit();
        }}
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (isComplete(form) && !save.isPending) save.mutate();
        }}
      >
        <Who state={state} tried={tried} />
        <Way state={state} />
        <Words state={state} tried={tried} />
        {save.error && !isRefusal(save.error, "invalid_request") ? (
          <Refused error={save.error} onClose={onClose} />
        ) : null}
      </form>
    </Dialog>
  );
}
