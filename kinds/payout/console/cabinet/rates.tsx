import {
  Button,
  EmptyState,
  Field,
  RelativeTime,
  Table,
  TBody,
  Td,
  TextField,
  THead,
  Th,
  Tr,
} from "@okno/ui";
import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { payoutRateRoutes } from "../../contract.ts";
import { FormDialog, Loaded } from "../bits.tsx";
import { host } from "../host.ts";
import { useT as useCommonT } from "../messages.ts";
import { readAmount, useAmount } from "../money.ts";
import { ratesQuery } from "../queries.ts";
import { useSave } from "../use-save.ts";
import { Frame } from "./frame.tsx";
import { useT } from "./messages.ts";

const isCurrency = (text: string) => /^[A-Z0-9]{2,12}$/u.test(text);

function AddRate({ onClose }: { onClose: () => void }) {
  const t = useT();
  const common = useCommonT();
  const [currency, setCurrency] = useState("");
  const [typed, setTyped] = useState("");
  const [tried, setTried] = useState(false);
  const code = currency.trim().toUpperCase();
  const price = readAmount(typed);
  const { mutate, isPending, error } = useSave(
    () => host.call(payoutRateRoutes.add, { body: { currency: code, price } }),
    { done: t("rate.added"), onSaved: onClose },
  );
  const unknown = host.isRefusal(error, "unknown_reference");
  return (
    <FormDialog
      size="sm"
      title={t("rate.add")}
      submitLabel={common("save")}
      busy={isPending}
      error={unknown ? undefined : error}
      onClose={onClose}
      onSubmit={() => {
        setTried(true);
        if (isCurrency(code) && price !== undefined) mutate(undefined);
      }}
    >
      <Field
        label={t("rate.currency")}
        error={(unknown || (tried && !isCurrency(code))) && t("rate.currency.wrong")}
        required
      >
        <TextField
          autoComplete="off"
          maxLength={12}
          value={currency}
          onChange={(event) => setCurrency(event.target.value)}
        />
      </Field>
      <Field label={t("rate.price")} error={tried && price === undefined && common("amount.wrong")} required>
        <TextField
          inputMode="decimal"
          autoComplete="off"
          maxLength={60}
          suffix="₽"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          className="tabular-nums"
        />
      </Field>
    </FormDialog>
  );
}

/** What a unit of each currency is worth, as an owner has entered it. */
export function Rates() {
  const t = useT();
  const common = useCommonT();
  const amount = useAmount();
  const locale = host.useLocale();
  const me = host.useMe();
  const [adding, setAdding] = useState(false);
  const query = useQuery(ratesQuery);
  const may = host.hasRole(me, "owner");
  return (
    <Frame
      back={{ to: "/payouts", text: common("to.desks") }}
      name={t("rates")}
      title={t("rates")}
      text={t("rates.text")}
      action={
        may ? (
          <Button variant="primary" icon={<Plus />} onClick={() => setAdding(true)}>
            {t("rate.add")}
          </Button>
        ) : null
      }
    >
      <Loaded query={query}>
        {(rates) =>
          rates.length === 0 ? (
            <EmptyState title={t("rates.none")} text={t("rates.none.text")} />
          ) : (
            <Table caption={t("rates")} frameClassName="rounded-panel border">
              <THead>
                <Tr>
                  <Th>{t("col.currency")}</Th>
                  <Th align="end">{t("col.price")}</Th>
                  <Th>{t("col.when")}</Th>
                </Tr>
              </THead>
              <TBody>
                {rates.map(({ currency, price, at, enteredBy }) => (
                  <Tr key={currency}>
                    <Td className="font-medium">{currency}</Td>
                    <Td align="end">{amount(price, "RUB")}</Td>
                    <Td className="text-text-3">
                      <RelativeTime date={new Date(at)} locale={locale} style="long" />
                      {enteredBy && !/^(?:mem|key)_/u.test(enteredBy)
                        ? ` · ${t("rate.by", { name: enteredBy })}`
                        : null}
                    </Td>
                  </Tr>
                ))}
              </TBody>
            </Table>
          )
        }
      </Loaded>
      {adding ? <AddRate onClose={() => setAdding(false)} /> : null}
    </Frame>
  );
}
