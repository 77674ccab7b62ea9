import { Badge, Button, Table, TBody, Td, THead, Th, Tr } from "@okno/ui";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { PayoutDesk, PayoutMethod } from "../../contract.ts";
import { Loaded } from "../bits.tsx";
import { host } from "../host.ts";
import { useMethodName } from "../messages.ts";
import { isZero, useAmount } from "../money.ts";
import { methodsQuery } from "../queries.ts";
import { useT } from "./messages.ts";
import { MethodDialog } from "./method-dialog.tsx";

function useFee(): (method: PayoutMethod) => string {
  const t = useT();
  const amount = useAmount();
  const locale = host.useLocale();
  return ({ percent, fixed, currency }) => {
    const share = locale === "ru" ? percent.replace(".", ",") : percent;
    if (isZero(percent) && isZero(fixed)) return t("fee.none");
    if (isZero(fixed)) return t("fee.percent", { percent: share });
    return isZero(percent)
      ? amount(fixed, currency)
      : t("fee", { percent: share, fixed: amount(fixed, currency) });
  };
}

/** What the desk may pay by, for how much, and what it costs. */
export function Methods({ desk }: { desk: PayoutDesk }) {
  const t = useT();
  const amount = useAmount();
  const fee = useFee();
  const methodName = useMethodName();
  const me = host.useMe();
  const [changing, setChanging] = useState<string>();
  const query = useQuery(methodsQuery(desk.id));
  const may = host.hasRole(me, "admin", desk.project);
  const changed = query.data?.find(({ method }) => method === changing);
  return (
    <Loaded query={query} rows={8}>
      {(methods) => (
        <>
          <Table caption={t("methods")} frameClassName="rounded-panel border">
            <THead>
              <Tr>
                <Th>{t("method")}</Th>
                <Th>{t("col.fee")}</Th>
                <Th>{t("col.bounds")}</Th>
                <Th>{t("col.provider")}</Th>
                {may ? (
                  <Th>
                    <span className="sr-only">{t("change")}</span>
                  </Th>
                ) : null}
              </Tr>
            </THead>
            <TBody>
              {methods.map((each) => (
                <Tr key={each.method}>
                  <Td className={each.enabled ? "whitespace-nowrap" : "whitespace-nowrap text-text-3"}>
                    <span className="flex items-center gap-2">
                      {methodName(each.method, each.name)}
                      {each.enabled ? null : <Badge>{t("off")}</Badge>}
                    </span>
                  </Td>
                  <Td className="whitespace-nowrap tabular-nums">{fee(each)}</Td>
                  <Td className="whitespace-nowrap text-text-2 tabular-nums">
                    {t("bounds", {
                      smallest: amount(each.smallest, each.currency),
                      largest: amount(each.largest, each.currency),
                    })}
                  </Td>
                  <Td className="text-text-2">
                    <bdi>{each.processor}</bdi>
                  </Td>
                  {may ? (
                    <Td align="end">
                      <Button
                        size="sm"
                        variant="ghost"
                        aria-label={t("method.change", { method: methodName(each.method, each.name) })}
                        onClick={() => setChanging(each.method)}
                      >
                        {t("change")}
                      </Button>
                    </Td>
                  ) : null}
                </Tr>
              ))}
            </TBody>
          </Table>
          {changed ? (
            <MethodDialog desk={desk} method={changed} onClose={() => setChanging(undefined)} />
          ) : null}
        </>
      )}
    </Loaded>
  );
}
