import { Field, TextArea, TextField } from "@okno/ui";
import { useState } from "react";
import { type Payout, payoutRoutes } from "../../contract.ts";
import { payoutApprovalRoutes } from "../../contract-approvals.ts";
import { host } from "../host.ts";
import { useAmount } from "../money.ts";
import { useOnceKey } from "../use-save.ts";
import { ActDialog } from "./act-dialog.tsx";
import { useT } from "./messages.ts";

type Props = { payout: Payout; onClose: () => void };

/** The sums and the receiver, for sentences. */
function useSums({ receive, deduction, currency, destination }: Payout) {
  const amount = useAmount();
  return { amount: amount(receive, currency), deduction: amount(deduction, currency), destination };
}

const of = (payout: Payout, idempotencyKey: string) => ({ params: { id: payout.id }, idempotencyKey });

export function ConfirmDialog({ payout, onClose }: Props) {
  const t = useT();
  const sums = useSums(payout);
  const key = useOnceKey();
  return (
    <ActDialog
      title={t("confirm.title", sums)}
      text={t("confirm.text", sums)}
      submitLabel={t("confirm.do")}
      done={t("confirm.done")}
      send={() => host.call(payoutRoutes.confirm, { ...of(payout, key), body: { version: payout.version } })}
      onClose={onClose}
    />
  );
}

export function CancelDialog({ payout, onClose }: Props) {
  const t = useT();
  const sums = useSums(payout);
  const key = useOnceKey();
  return (
    <ActDialog
      danger
      title={t("cancel.title", sums)}
      text={t("cancel.text", sums)}
      submitLabel={t("cancel.do")}
      done={t("cancel.done")}
      send={() => host.call(payoutRoutes.cancel, { ...of(payout, key), body: { version: payout.version } })}
      onClose={onClose}
    />
  );
}

/** What became of it, said by a person, with proof where it arrived. */
export function ResolveDialog({ payout, outcome, onClose }: Props & { outcome: "paid" | "failed" }) {
  const t = useT();
  const sums = useSums(payout);
  const key = useOnceKey();
  const [reference, setReference] = useState(payout.providerReference ?? "");
  const [message, setMessage] = useState(() => t(`proof.${outcome}`));
  const [tried, setTried] = useState(false);
  const paid = outcome === "paid";
  const noReference = paid && reference.trim() === "";
  const noMessage = message.trim() === "";
  const send = () =>
    host.call(payoutRoutes.resolve, {
      ...of(payout, key),
      body: {
        outcome,
        message: message.trim(),
        ...(reference.trim() !== "" && { reference: reference.trim() }),
        version: payout.version,
      },
    });
  return (
    <ActDialog
      danger={!paid}
      title={t(`${outcome}.title`, sums)}
      text={t(`${outcome}.text`, sums)}
      submitLabel={t(`${outcome}.do`)}
      done={t(`${outcome}.done`)}
      send={send}
      check={() => {
        setTried(true);
        return !noReference && !noMessage;
      }}
      onClose={onClose}
    >
      <Field
        label={t("proof.reference")}
        hint={paid ? t("proof.reference.hint") : undefined}
        error={tried && noReference && t("proof.reference.empty")}
        required={paid}
      >
        <TextField
          maxLength={200}
          autoComplete="off"
          value={reference}
          onChange={(event) => setReference(event.target.value)}
        />
      </Field>
      <Field label={t("proof.message")} error={tried && noMessage && t("proof.message.empty")} required>
        <TextArea
          minRows={2}
          maxLength={300}
          value={message}
          onChange={(event) => setMessage(event.target.value)}
        />
      </Field>
    </ActDialog>
  );
}

/** The reader's yes. The server asks for a one-time code where the desk wants one, and counts whoever has said yes. */
export function ApproveDialog({ payout, onClose }: Props) {
  const t = useT();
  const sums = useSums(payout);
  return (
    <ActDialog
      title={t("approve.title", sums)}
      text={t("approve.text", sums)}
      submitLabel={t("approve.do")}
      done={({ payoutStatus }) => t(payoutStatus === "approving" ? "approve.counted" : "approve.done")}
      send={() => host.call(payoutApprovalRoutes.approve, { params: { id: payout.id }, body: {} })}
      onClose={onClose}
    />
  );
}

export function RefuseDialog({ payout, onClose }: Props) {
  const t = useT();
  const sums = useSums(payout);
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const empty = reason.trim() === "";
  return (
    <ActDialog
      danger
      title={t("refuse.title", sums)}
      text={t("refuse.text", sums)}
      submitLabel={t("refuse.do")}
      done={t("refuse.done")}
      send={() =>
        host.call(payoutApprovalRoutes.refuse, { params: { id: payout.id }, body: { reason: reason.trim() } })
      }
      check={() => {
        setTried(true);
        return !empty;
      }}
      onClose={onClose}
    >
      <Field label={t("refuse.reason")} error={tried && empty && t("refuse.reason.empty")} required>
        <TextArea
          minRows={2}
          maxLength={1000}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </Field>
    </ActDialog>
  );
}
