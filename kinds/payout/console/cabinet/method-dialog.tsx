import { Field, Switch, TextField } from "@okno/ui";
import { useState } from "react";
import { type PayoutDesk, type PayoutMethod, payoutDeskRoutes } from "../../contract.ts";
import { FormDialog } from "../bits.tsx";
import { host } from "../host.ts";
import { useT as useCommonT, useMethodName } from "../messages.ts";
import { readNumber } from "../money.ts";
import { useSave } from "../use-save.ts";
import { useT } from "./messages.ts";

const numbers = ["percent", "fixed", "smallest", "largest"] as const;
type Name = (typeof numbers)[number];

/** The terms of one method at one desk. */
export function MethodDialog({
  desk,
  method,
  onClose,
}: {
  desk: PayoutDesk;
  method: PayoutMethod;
  onClose: () => void;
}) {
  const t = useT();
  const common = useCommonT();
  const locale = host.useLocale();
  const methodName = useMethodName();
  const shown = (text: string) => (locale === "ru" ? text.replace(".", ",") : text);
  const [enabled, setEnabled] = useState(method.enabled);
  const [processor, setProcessor] = useState(method.processor);
  const [typed, setTyped] = useState<Record<Name, string>>({
    percent: shown(method.percent),
    fixed: shown(method.fixed),
    smallest: shown(method.smallest),
    largest: shown(method.largest),
  });
  const [tried, setTried] = useState(false);
  const read = Object.fromEntries(numbers.map((name) => [name, readNumber(typed[name])]));
  const save = useSave(
    () =>
      host.call(payoutDeskRoutes.updateMethod, {
        params: { id: desk.id, method: method.method },
        body: { enabled, ...read, processor: processor.trim(), version: method.version },
      }),
    { done: common("saved"), onSaved: onClose },
  );
  return (
    <FormDialog
      title={t("method.title", { method: methodName(method.method, method.name) })}
      submitLabel={common("save")}
      busy={save.isPending}
      error={save.error}
      onClose={onClose}
      onSubmit={() => {
        setTried(true);
        if (numbers.every((name) => read[name] !== undefined) && processor.trim() !== "")
          save.mutate(undefined);
      }}
    >
      <Switch label={t("method.on")} checked={enabled} onCheckedChange={setEnabled} />
      <div className="grid gap-4 md:grid-cols-2">
        {numbers.map((name) => (
          <Field
            key={name}
            label={t(`method.${name}`)}
            error={tried && read[name] === undefined && t("number.wrong")}
          >
            <TextField
              inputMode="decimal"
              maxLength={60}
              suffix={name === "percent" ? "%" : method.currency}
              value={typed[name]}
              onChange={(event) => setTyped({ ...typed, [name]: event.target.value })}
              className="tabular-nums"
            />
          </Field>
        ))}
      </div>
      <Field label={t("method.processor")} hint={t("method.processor.hint")}>
        <TextField maxLength={40} value={processor} onChange={(event) => setProcessor(event.target.value)} />
      </Field>
    </FormDialog>
  );
}
