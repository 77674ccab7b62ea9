import type { Confirmation } from "@okno/contract";
import { Button, Dialog, Field, TextArea, TextField } from "@okno/ui";
import { type FormEvent, useId, useState } from "react";
import { useMe } from "../../shared/session/session.ts";
import { useT } from "./confirmation-messages.ts";
import { useConfirmationActions } from "./confirmations.ts";

type Props = { ticket: string; confirmation: Confirmation };

function RefuseDialog({ onRefuse, onClose }: { onRefuse: (reason: string) => void; onClose: () => void }) {
  const t = useT();
  const formId = useId();
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (reason.trim()) onRefuse(reason.trim());
  };
  return (
    <Dialog
      open
      size="sm"
      title={t("refuse.title")}
      closeLabel={t("ask.close")}
      onOpenChange={(open) => !open && onClose()}
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button variant="primary" type="submit" form={formId}>
            {t("refuse.do")}
          </Button>
        </>
      }
    >
      <form id={formId} noValidate onSubmit={submit}>
        <Field label={t("refuse.reason")} error={tried && !reason.trim() ? t("refuse.empty") : undefined}>
          <TextArea
            dir="auto"
            autoFocus
            maxLength={1000}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </Field>
      </form>
    </Dialog>
  );
}

/** Approving: by anybody but whoever asked, each once. */
function Approve({ ticket, confirmation }: Props) {
  const t = useT();
  const { member } = useMe();
  const { answer } = useConfirmationActions(ticket, confirmation);
  const [refusing, setRefusing] = useState(false);
  const [busy, setBusy] = useState(false);
  const give = async (body: Parameters<typeof answer>[0]) => {
    setBusy(true);
    await answer(body);
    setBusy(false);
  };
  if (confirmation.askedBy.id === member.id) return <p className="text-13 text-text-3">{t("own")}</p>;
  return (
    <>
      <Button size="sm" variant="primary" busy={busy} onClick={() => void give({ answer: "confirm" })}>
        {t("approve")}
      </Button>
      <Button size="sm" onClick={() => setRefusing(true)}>
        {t("refuse")}
      </Button>
      {refusing ? (
        <RefuseDialog
          onClose={() => setRefusing(false)}
          onRefuse={(reason) => {
            setRefusing(false);
            void give({ answer: "refuse", reason });
          }}
        />
      ) : null}
    </>
  );
}

/** The code as the customer says it: digits, however they are grouped. */
function EnterCode({ ticket, confirmation }: Props) {
  const t = useT();
  const { answer } = useConfirmationActions(ticket, confirmation);
  const [code, setCode] = useState("");
  const [wrong, setWrong] = useState(false);
  const [busy, setBusy] = useState(false);
  const left = confirmation.attemptsLeft ?? 0;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (code.length !== 6 || busy) return;
    setBusy(true);
    const outcome = await answer({ answer: "confirm", code });
    setBusy(false);
    setWrong(outcome === "wrong_code");
    if (outcome === "wrong_code") setCode("");
  };
  if (left === 0) return <p className="text-13 text-text-3">{t("code.spent")}</p>;
  return (
    <form noValidate onSubmit={(event) => void submit(event)} className="flex flex-wrap items-end gap-2">
      <Field label={t("code.label")} error={wrong ? t("code.wrong", { count: left }) : undefined}>
        <TextField
          inputMode="numeric"
          autoComplete="off"
          value={code}
          className="w-44 tabular-nums"
          onChange={(event) => setCode(event.target.value.replace(/\D/gu, "").slice(0, 6))}
        />
      </Field>
      <Button type="submit" busy={busy} disabled={code.length !== 6}>
        {t("code.check")}
      </Button>
    </form>
  );
}

/** What may be done with a demand that waits: answer it, or take it back. */
export function ConfirmationAnswer({ ticket, confirmation }: Props) {
  const t = useT();
  const { revoke } = useConfirmationActions(ticket, confirmation);
  return (
    <div className="mt-3 flex flex-wrap items-end gap-2">
      {confirmation.method === "approval" ? <Approve ticket={ticket} confirmation={confirmation} /> : null}
      {confirmation.method === "code" ? <EnterCode ticket={ticket} confirmation={confirmation} /> : null}
      <Button
        size={confirmation.method === "code" ? "md" : "sm"}
        variant="ghost"
        className="first:-ml-2.5"
        onClick={() => void revoke()}
      >
        {t("revoke")}
      </Button>
    </div>
  );
}
