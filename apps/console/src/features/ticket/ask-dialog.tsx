import type { Ticket } from "@okno/contract";
import { Button, Checkbox, CopyField, Dialog, Field, RadioGroup, Select, TextArea, toast } from "@okno/ui";
import { type FormEvent, type KeyboardEvent, useId, useState } from "react";
import { errorMessage } from "../../shared/api/error-message.ts";
import { useKeptForm } from "../../shared/drafts/kept-form.ts";
import { useT } from "./confirmation-messages.ts";
import { type Asking, ask } from "./confirmations.ts";
import { notesOnly } from "./use-writing.ts";

const methods = ["link", "code", "approval"] as const;
const waits = ["30", "60", "1440", "4320", "10080", "43200"] as const;
const usualWait = { link: 4320, code: 30, approval: 10080 } as const;
const maxText = 5000;

type Props = {
  ticket: Ticket;
  /** Asked once already, with these words. */
  text?: string | undefined;
  onClose: () => void;
};

type FieldsProps = {
  /** Nobody is on the other side: only colleagues can be asked. */
  inside: boolean;
  form: Asking;
  change: (part: Partial<Asking>) => void;
  tried: boolean;
};

function Fields({ inside, form, change, tried }: FieldsProps) {
  const t = useT();
  const { text, method, needed, expiresInMinutes, secondFactor } = form;
  return (
    <>
      <Field
        label={t("ask.what")}
        hint={t("ask.what.hint")}
        error={tried && !text.trim() ? t("ask.what.empty") : undefined}
      >
        <TextArea
          dir="auto"
          autoFocus
          maxLength={maxText}
          value={text}
          onChange={(event) => change({ text: event.target.value })}
        />
      </Field>
      <Field label={t("ask.method")}>
        <RadioGroup
          label={t("ask.method")}
          value={method}
          onValueChange={(value) => {
            const next = methods.find((each) => each === value) ?? "link";
            change({ method: next, expiresInMinutes: usualWait[next] });
          }}
          options={methods.map((value) => ({
            value,
            label: t(`method.${value}`),
            disabled: inside && value !== "approval",
            hint: t(`method.${value}.hint`),
          }))}
        />
      </Field>
      {method === "link" ? (
        <Checkbox
          label={t("ask.factor")}
          hint={t("ask.factor.hint")}
          checked={secondFactor}
          onCheckedChange={(checked) => change({ secondFactor: checked === true })}
        />
      ) : null}
      {method === "approval" ? (
        <Field label={t("ask.needed")}>
          <Select
            value={String(needed)}
            onValueChange={(value) => change({ needed: Number(value) })}
            options={["1", "2", "3", "4", "5"].map((value) => ({ value, label: value }))}
          />
        </Field>
      ) : null}
      <Field label={t("ask.until")}>
        <Select
          value={String(expiresInMinutes)}
          onValueChange={(value) => change({ expiresInMinutes: Number(value) })}
          options={waits.map((value) => ({ value, label: t(`until.${value}`) }))}
        />
      </Field>
    </>
  );
}

/** The link is in this window's memory alone: once closed, it is gone. */
function HandedLink({ url, onClose }: { url: string; onClose: () => void }) {
  const t = useT();
  return (
    <Dialog
      open
      title={t("handed.title")}
      text={t("handed.text")}
      closeLabel={t("ask.close")}
      onOpenChange={(open) => !open && onClose()}
      footer={
        <Button variant="primary" onClick={onClose}>
          {t("ask.done")}
        </Button>
      }
    >
      <CopyField
        value={url}
        label={t("handed.link")}
        copyLabel={t("handed.copy")}
        copiedLabel={t("handed.copied")}
      />
    </Dialog>
  );
}

/** What to confirm, who answers and how, how long to wait. Closed by mistake, it opens again as it stood. */
export function AskDialog({ ticket, text = "", onClose }: Props) {
  const t = useT();
  const formId = useId();
  const inside = notesOnly(ticket);
  const initial: Asking = {
    text: "",
    method: inside ? "approval" : "link",
    expiresInMinutes: usualWait[inside ? "approval" : "link"],
    needed: 1,
    secondFactor: false,
  };
  const [kept, change, forget] = useKeptForm<Asking>(`confirmation ${ticket.id}`, initial);
  const [touched, setTouched] = useState(false);
  const form = text && !touched && !kept.text ? { ...kept, text } : kept;
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const [url, setUrl] = useState<string>();
  const submit = async (event?: FormEvent) => {
    event?.preventDefault();
    setTried(true);
    if (!form.text.trim() || busy) return;
    setBusy(true);
    setFailure(undefined);
    try {
      const asked = await ask(ticket.id, form);
      forget();
      if (asked.url) return setUrl(asked.url);
      toast({ title: t(form.method === "approval" ? "ask.asked" : "ask.sent"), tone: "good" });
      onClose();
    } catch (error) {
      setFailure(t("failed", { why: errorMessage(error) }));
    } finally {
      setBusy(false);
    }
  };
  if (url) return <HandedLink url={url} onClose={onClose} />;
  const sendByKey = (event: KeyboardEvent) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void submit(event);
  };
  return (
    <Dialog
      open
      title={t("ask.title")}
      text={t("ask.text")}
      closeLabel={t("ask.close")}
      onOpenChange={(open) => !open && onClose()}
      footer={
        <>
          {failure ? (
            <p role="alert" className="mr-auto self-center text-13 text-late">
              {failure}
            </p>
          ) : null}
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button variant="primary" type="submit" form={formId} busy={busy}>
            {t("ask.do")}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        noValidate
        onSubmit={(event) => void submit(event)}
        onKeyDown={sendByKey}
        className="flex flex-col gap-4"
      >
        <Fields
          inside={inside}
          form={form}
          tried={tried}
          change={(part) => {
            setTouched(true);
            setFailure(undefined);
            // Words that came from an earlier question become the form's own at the first change.
            change({ ...(form.text !== kept.text && { text: form.text }), ...part });
          }}
        />
      </form>
    </Dialog>
  );
}
