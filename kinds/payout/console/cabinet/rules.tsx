import { Button, FormRow } from "@okno/ui";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { PayoutDesk } from "../../contract.ts";
import { type ApprovalRule, payoutApprovalRoutes } from "../../contract-approvals.ts";
import { Loaded } from "../bits.tsx";
import { host } from "../host.ts";
import { useMethodName } from "../messages.ts";
import { useAmount } from "../money.ts";
import { guardsQuery, methodsQuery, rulesQuery } from "../queries.ts";
import { useSave } from "../use-save.ts";
import { Guards } from "./guards.tsx";
import { Limits } from "./limits.tsx";
import { RuleDialog } from "./rule-dialog.tsx";
import { useT } from "./rules-messages.ts";

function useRuleLine(desk: PayoutDesk): (rule: ApprovalRule) => { when: string; who: string } {
  const t = useT();
  const amount = useAmount();
  const methodName = useMethodName();
  const { data: methods = [] } = useQuery(methodsQuery(desk.id));
  return ({ method, amountFrom, newDestination, needed, role, members, hours }) => {
    const known = methods.find((each) => each.method === method);
    const when = [
      method === null ? t("line.any") : t("line.method", { method: methodName(method, known?.name) }),
      ...(amountFrom ? [t("line.from", { amount: amount(amountFrom, known?.currency ?? "RUB") })] : []),
      ...(newDestination ? [t("line.new")] : []),
    ];
    const who = [
      t("line.needed", { count: needed }),
      members ? t("line.people", { count: members.length }) : t("line.role", { role: t(`role.${role}`) }),
      t("line.hours", { count: hours }),
    ];
    return { when: when.join(", "), who: who.join(" · ") };
  };
}

function RuleRow({
  desk,
  rule,
  may,
  onChange,
}: {
  desk: PayoutDesk;
  rule: ApprovalRule;
  may: boolean;
  onChange: () => void;
}) {
  const t = useT();
  const line = useRuleLine(desk)(rule);
  const remove = useSave(
    () => host.call(payoutApprovalRoutes.removeRule, { params: { id: desk.id, rule: rule.id } }),
    { done: t("rule.removed"), sayFailure: true },
  );
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-1 basis-56">
        <p className="text-14 font-medium">{line.when}</p>
        <p className="text-13 text-text-3">{line.who}</p>
      </div>
      {may ? (
        <span className="flex gap-1">
          <Button
            size="sm"
            variant="ghost"
            aria-label={`${t("rule.change")}: ${line.when}`}
            onClick={onChange}
          >
            {t("rule.change")}
          </Button>
          <Button
            size="sm"
            variant="ghost"
            aria-label={`${t("rule.remove")}: ${line.when}`}
            busy={remove.isPending}
            onClick={() => remove.mutate(undefined)}
          >
            {t("rule.remove")}
          </Button>
        </span>
      ) : null}
    </li>
  );
}

/** What stands between a merchant's confirmation and the money. */
export function Rules({ desk }: { desk: PayoutDesk }) {
  const t = useT();
  const me = host.useMe();
  const [open, setOpen] = useState<ApprovalRule | "new">();
  const rules = useQuery(rulesQuery(desk.id));
  const guards = useQuery(guardsQuery(desk.id));
  const may = host.hasRole(me, "admin", desk.project);
  return (
    <div>
      <FormRow title={t("rules")} text={t("rules.text")}>
        <Loaded query={rules} rows={2}>
          {(all) => (
            <>
              {all.length === 0 ? (
                <p className="text-14 text-text-3">{t("rules.none")}</p>
              ) : (
                <ul aria-label={t("rules")} className="divide-y divide-line rounded-panel border">
                  {all.map((rule) => (
                    <RuleRow key={rule.id} desk={desk} rule={rule} may={may} onChange={() => setOpen(rule)} />
                  ))}
                </ul>
              )}
              {may ? (
                <Button className="self-start" onClick={() => setOpen("new")}>
                  {t("rule.add")}
                </Button>
              ) : null}
            </>
          )}
        </Loaded>
      </FormRow>
      <Loaded query={guards} rows={3}>
        {(data) => (
          <>
            <Limits desk={desk} guards={data} may={may} />
            <Guards desk={desk} guards={data} may={may} />
          </>
        )}
      </Loaded>
      {open ? (
        <RuleDialog desk={desk} rule={open === "new" ? undefined : open} onClose={() => setOpen(undefined)} />
      ) : null}
    </div>
  );
}
