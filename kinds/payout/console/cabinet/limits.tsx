import { Button, Field, FormRow, Select, TextField } from "@okno/ui";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { PayoutDesk } from "../../contract.ts";
import { type DeskGuards, type PayoutLimit, payoutApprovalRoutes } from "../../contract-approvals.ts";
import { FormDialog } from "../bits.tsx";
import { host } from "../host.ts";
import { useT as useCommonT, useMethodName } from "../messages.ts";
import { readAmount, useAmount } from "../money.ts";
import { methodsQuery } from "../queries.ts";
import { useSave } from "../use-save.ts";
import { readWhole } from "./read-whole.ts";
import { useT } from "./rules-messages.ts";

const kinds = ["payout", "day", "key_day", "new_destination"] as const;
type Kind = (typeof kinds)[number];
const anyMethod = "*";

const replace = (desk: PayoutDesk, limits: readonly unknown[]) =>
  host.call(payoutApprovalRoutes.changeGuards, { params: { id: desk.id }, body: { limits } });

function useLimitLine(desk: PayoutDesk): (limit: PayoutLimit) => string {
  const t = useT();
  const amount = useAmount();
  const methodName = useMethodName();
  const { data: methods = [] } = useQuery(methodsQuery(desk.id));
  return (limit) => {
    const known = methods.find((each) => each.method === limit.method);
    const by = limit.method === null ? "" : ` · ${methodName(limit.method, known?.name)}`;
    if (limit.what === "new_destination") return `${t("limit.line.pause", { count: limit.hours })}${by}`;
    const most = amount(limit.most, known?.currency ?? "RUB");
    return `${t("limit.line", { what: t(`limit.${limit.what}`), amount: most })}${by}`;
  };
}

function LimitDialog({
  desk,
  limits,
  onClose,
}: {
  desk: PayoutDesk;
  limits: readonly PayoutLimit[];
  onClose: () => void;
}) {
  const t = useT();
  const common = useCommonT();
  const methodName = useMethodName();
  const { data: methods = [] } = useQuery(methodsQuery(desk.id));
  const [what, setWhat] = useState<Kind>("day");
  const [method, setMethod] = useState(anyMethod);
  const [typed, setTyped] = useState("");
  const [tried, setTried] = useState(false);
  const pause = what === "new_destination";
  const value = pause ? readWhole(typed, 1, 720) : readAmount(typed);
  const known = methods.find((each) => each.method === method);
  const save = useSave(
    () =>
      replace(desk, [
        ...limits,
        {
          what,
          method: method === anyMethod ? null : method,
          ...(pause ? { hours: value } : { most: value }),
        },
      ]),
    { done: common("saved"), onSaved: onClose },
  );
  return (
    <FormDialog
      title={t("limit.title")}
      submitLabel={common("save")}
      busy={save.isPending}
      error={save.error}
      onClose={onClose}
      onSubmit={() => {
        setTried(true);
        if (value !== undefined) save.mutate(undefined);
      }}
    >
      <Field label={t("limit.what")}>
        <Select
          value={what}
          onValueChange={(next) => setWhat(next as Kind)}
          options={kinds.map((each) => ({ value: each, label: t(`limit.${each}`) }))}
        />
      </Field>
      <Field label={t("rule.method")}>
        <Select
          value={method}
          onValueChange={setMethod}
          options={[
            { value: anyMethod, label: t("rule.method.all") },
            ...methods.map((each) => ({ value: each.method, label: methodName(each.method, each.name) })),
          ]}
        />
      </Field>
      <Field
        label={t(pause ? "limit.hours" : "limit.most")}
        error={tried && value === undefined && (pause ? t("hours.wrong") : common("amount.wrong"))}
        required
      >
        <TextField
          inputMode="decimal"
          maxLength={60}
          suffix={pause ? undefined : (known?.currency ?? "₽")}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          className="tabular-nums"
        />
      </Field>
    </FormDialog>
  );
}

/** What the desk may create at most. */
export function Limits({ desk, guards, may }: { desk: PayoutDesk; guards: DeskGuards; may: boolean }) {
  const t = useT();
  const common = useCommonT();
  const line = useLimitLine(desk);
  const [adding, setAdding] = useState(false);
  const { limits } = guards;
  const remove = useSave(
    (at: number) =>
      replace(
        desk,
        limits.filter((_, index) => index !== at),
      ),
    {
      done: common("saved"),
      sayFailure: true,
    },
  );
  return (
    <FormRow title={t("limits")} text={t("limits.text")}>
      {limits.length === 0 ? (
        <p className="text-14 text-text-3">{t("limits.none")}</p>
      ) : (
        <ul aria-label={t("limits")} className="divide-y divide-line rounded-panel border">
          {limits.map((limit, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: limits have no name of their own; their place is what is removed
            <li key={index} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5 text-14">
              <span className="min-w-0 flex-1 basis-56">{line(limit)}</span>
              {may ? (
                <Button
                  size="sm"
                  variant="ghost"
                  aria-label={`${t("limit.remove")}: ${line(limit)}`}
                  disabled={remove.isPending}
                  onClick={() => remove.mutate(index)}
                >
                  {t("limit.remove")}
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
      )}
      {may ? (
        <Button className="self-start" onClick={() => setAdding(true)}>
          {t("limit.add")}
        </Button>
      ) : null}
      {adding ? <LimitDialog desk={desk} limits={limits} onClose={() => setAdding(false)} /> : null}
    </FormRow>
  );
}
