import { Checkbox, Field, Select, TextField } from "@okno/ui";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { PayoutDesk } from "../../contract.ts";
import { type ApprovalRule, payoutApprovalRoutes } from "../../contract-approvals.ts";
import { FormDialog } from "../bits.tsx";
import { host } from "../host.ts";
import { useT as useCommonT, useMethodName } from "../messages.ts";
import { readAmount } from "../money.ts";
import { methodsQuery } from "../queries.ts";
import { useSave } from "../use-save.ts";
import { readWhole } from "./read-whole.ts";
import { useT } from "./rules-messages.ts";

const anyMethod = "*";
const roles = ["operator", "supervisor", "admin", "owner"] as const;
const usual = { needed: 1, role: "supervisor", hours: 168 } as const;

/** A new rule, or one as a whole. */
export function RuleDialog({
  desk,
  rule,
  onClose,
}: {
  desk: PayoutDesk;
  rule: ApprovalRule | undefined;
  onClose: () => void;
}) {
  const t = useT();
  const common = useCommonT();
  const methodName = useMethodName();
  const { data: methods = [] } = useQuery(methodsQuery(desk.id));
  const [method, setMethod] = useState(rule?.method ?? anyMethod);
  const [from, setFrom] = useState(rule?.amountFrom ?? "");
  const [onlyNew, setOnlyNew] = useState(rule?.newDestination ?? false);
  const [needed, setNeeded] = useState(String(rule?.needed ?? usual.needed));
  const [role, setRole] = useState<string>(rule?.role ?? usual.role);
  const [hours, setHours] = useState(String(rule?.hours ?? usual.hours));
  const [tried, setTried] = useState(false);
  const amountFrom = from.trim() === "" ? null : readAmount(from);
  const people = readWhole(needed, 1, 20);
  const wait = readWhole(hours, 1, 720);
  const known = methods.find((each) => each.method === method);
  const save = useSave(
    () => {
      const body = {
        method: method === anyMethod ? null : method,
        amountFrom,
        newDestination: onlyNew,
        needed: people,
        role,
        members: rule?.members ?? null,
        hours: wait,
      };
      return rule
        ? host.call(payoutApprovalRoutes.changeRule, {
            params: { id: desk.id, rule: rule.id },
            body: { ...body, version: rule.version },
          })
        : host.call(payoutApprovalRoutes.addRule, { params: { id: desk.id }, body });
    },
    { done: common("saved"), onSaved: onClose },
  );
  return (
    <FormDialog
      title={t("rule.title")}
      submitLabel={common("save")}
      busy={save.isPending}
      error={save.error}
      onClose={onClose}
      onSubmit={() => {
        setTried(true);
        if (amountFrom !== undefined && people !== undefined && wait !== undefined) save.mutate(undefined);
      }}
    >
      <div className="grid gap-4 md:grid-cols-2">
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
          label={t("rule.from")}
          hint={t(method === anyMethod ? "rule.from.hint.rub" : "rule.from.hint")}
          error={tried && amountFrom === undefined && common("amount.wrong")}
        >
          <TextField
            inputMode="decimal"
            maxLength={60}
            suffix={known?.currency ?? "₽"}
            value={from}
            onChange={(event) => setFrom(event.target.value)}
            className="tabular-nums"
          />
        </Field>
        <Field label={t("rule.needed")} error={tried && people === undefined && t("needed.wrong")}>
          <TextField
            inputMode="numeric"
            maxLength={3}
            value={needed}
            onChange={(event) => setNeeded(event.target.value)}
          />
        </Field>
        <Field label={t("rule.role")}>
          <Select
            value={role}
            onValueChange={setRole}
            options={roles.map((value) => ({ value, label: t(`role.${value}`) }))}
          />
        </Field>
        <Field
          label={t("rule.hours")}
          hint={t("rule.hours.hint")}
          error={tried && wait === undefined && t("hours.wrong")}
        >
          <TextField
            inputMode="numeric"
            maxLength={3}
            value={hours}
            onChange={(event) => setHours(event.target.value)}
          />
        </Field>
      </div>
      <Checkbox
        label={t("rule.new")}
        hint={t("rule.new.hint")}
        checked={onlyNew}
        onCheckedChange={setOnlyNew}
      />
    </FormDialog>
  );
}
