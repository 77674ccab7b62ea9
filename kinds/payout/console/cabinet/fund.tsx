import { Field, SegmentedControl, Select, TextField } from "@okno/ui";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type PayoutDesk, payoutDeskRoutes } from "../../contract.ts";
import { FormDialog } from "../bits.tsx";
import { host } from "../host.ts";
import { useT as useCommonT, useMethodName } from "../messages.ts";
import { isZero, readAmount } from "../money.ts";
import { balancesQuery, methodsQuery } from "../queries.ts";
import { useKeyFor, useSave } from "../use-save.ts";
import { useT } from "./messages.ts";

type Direction = "in" | "out";

/** Money put on a desk's books, or taken off them. */
export function FundDialog({ desk, onClose }: { desk: PayoutDesk; onClose: () => void }) {
  const t = useT();
  const common = useCommonT();
  const methodName = useMethodName();
  const { data: methods = [] } = useQuery(methodsQuery(desk.id));
  const [direction, setDirection] = useState<Direction>("in");
  const [method, setMethod] = useState<string>();
  const [typed, setTyped] = useState("");
  const [note, setNote] = useState("");
  const [tried, setTried] = useState(false);
  const keyFor = useKeyFor();
  const { data: balances } = useQuery(balancesQuery(desk.id));
  const held = balances?.find(({ available }) => !isZero(available))?.method;
  const chosen = methods.find((each) => each.method === (method ?? held)) ?? methods[0];
  const amount = readAmount(typed);
  const noNote = desk.mode === "live" && note.trim() === "";
  const body = {
    method: chosen?.method,
    amount,
    direction,
    ...(note.trim() !== "" && { note: note.trim() }),
  };
  const save = useSave(
    () => host.call(payoutDeskRoutes.fund, { params: { id: desk.id }, body, idempotencyKey: keyFor(body) }),
    { done: t("fund.done"), onSaved: onClose },
  );
  const short = host.isRefusal(save.error, "insufficient_funds");
  const wrong = tried && amount === undefined && common("amount.wrong");
  return (
    <FormDialog
      title={t("fund.title")}
      text={t("fund.text")}
      submitLabel={t(`fund.do.${direction}`)}
      danger={direction === "out"}
      busy={save.isPending}
      error={short ? undefined : save.error}
      onClose={onClose}
      onSubmit={() => {
        setTried(true);
        if (chosen && amount !== undefined && !noNote) save.mutate(undefined);
      }}
    >
      <SegmentedControl<Direction>
        label={t("fund.title")}
        value={direction}
        onValueChange={setDirection}
        options={[
          { value: "in", label: t("fund.in") },
          { value: "out", label: t("fund.out") },
        ]}
        className="self-start"
      />
      <Field label={t("method")}>
        <Select
          options={methods.map((each) => ({ value: each.method, label: methodName(each.method, each.name) }))}
          value={chosen?.method}
          onValueChange={setMethod}
        />
      </Field>
      <Field label={t("fund.amount")} error={short ? t("fund.short") : wrong} required>
        <TextField
          inputMode="decimal"
          autoComplete="off"
          maxLength={60}
          suffix={chosen?.currency}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          className="tabular-nums"
        />
      </Field>
      <Field
        label={t("fund.note")}
        note={desk.mode === "live" ? undefined : t("optional")}
        error={tried && noNote && t("fund.note.empty")}
      >
        <TextField maxLength={300} value={note} onChange={(event) => setNote(event.target.value)} />
      </Field>
    </FormDialog>
  );
}
