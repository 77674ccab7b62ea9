import { Button, Table, TBody, Td, THead, Th, Tr } from "@okno/ui";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { PayoutDesk } from "../../contract.ts";
import { Loaded } from "../bits.tsx";
import { host } from "../host.ts";
import { useMethodName } from "../messages.ts";
import { isZero, useAmount } from "../money.ts";
import { balancesQuery, methodsQuery } from "../queries.ts";
import { FundDialog } from "./fund.tsx";
import { useT } from "./messages.ts";

/** The desk's money by method: only what is not nothing, since a desk may pay by thirty of them. */
export function Balances({ desk }: { desk: PayoutDesk }) {
  const t = useT();
  const amount = useAmount();
  const methodName = useMethodName();
  const me = host.useMe();
  const [funding, setFunding] = useState(false);
  const sees = host.hasRole(me, "supervisor", desk.project);
  const query = useQuery({ ...balancesQuery(desk.id), enabled: sees });
  const { data: methods = [] } = useQuery(methodsQuery(desk.id));
  const names = new Map(methods.map((each) => [each.method, each.name]));
  const may = host.hasRole(me, desk.mode === "live" ? "owner" : "admin", desk.project);
  host.useCommands([
    { id: "payouts.fund", title: t("fund"), group: "go", enabled: may, run: () => setFunding(true) },
  ]);
  if (!sees) return null;
  return (
    <section aria-labelledby="payout-balances">
      <header className="mb-2 flex min-h-control items-center justify-between gap-3">
        <h2 id="payout-balances" className="text-14 font-semibold">
          {t("balances")}
        </h2>
        {may ? (
          <Button size="sm" onClick={() => setFunding(true)}>
            {t("fund")}
          </Button>
        ) : null}
      </header>
      <Loaded query={query} rows={2}>
        {(balances) => {
          const shown = balances.filter(
            ({ available, reserved, inFlight }) => ![available, reserved, inFlight].every(isZero),
          );
          if (shown.length === 0) return <p className="text-14 text-text-3">{t("balances.none")}</p>;
          return (
            <Table caption={t("balances")} frameClassName="rounded-panel border">
              <THead>
                <Tr>
                  <Th>{t("method")}</Th>
                  <Th align="end">{t("balance.available")}</Th>
                  <Th align="end" className="max-md:hidden">
                    {t("balance.reserved")}
                  </Th>
                  <Th align="end" className="max-md:hidden">
                    {t("balance.flight")}
                  </Th>
                </Tr>
              </THead>
              <TBody>
                {shown.map(({ method, currency, available, reserved, inFlight }) => (
                  <Tr key={method}>
                    <Td className="md:whitespace-nowrap">{methodName(method, names.get(method))}</Td>
                    <Td align="end">
                      <span className="font-semibold">{amount(available, currency)}</span>
                      {[
                        { name: t("balance.reserved"), sum: reserved },
                        { name: t("balance.flight"), sum: inFlight },
                      ].map(({ name, sum }) =>
                        isZero(sum) ? null : (
                          <span key={name} className="block text-12 text-text-3 md:hidden">
                            {name}: {amount(sum, currency)}
                          </span>
                        ),
                      )}
                    </Td>
                    <Td align="end" className="whitespace-nowrap text-text-2 max-md:hidden">
                      {isZero(reserved) ? "–" : amount(reserved, currency)}
                    </Td>
                    <Td align="end" className="whitespace-nowrap text-text-2 max-md:hidden">
                      {isZero(inFlight) ? "–" : amount(inFlight, currency)}
                    </Td>
                  </Tr>
                ))}
              </TBody>
            </Table>
          );
        }}
      </Loaded>
      {funding ? <FundDialog desk={desk} onClose={() => setFunding(false)} /> : null}
    </section>
  );
}
