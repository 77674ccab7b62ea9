import { Field, Select, TextField } from "@okno/ui";
import { host } from "../host.ts";
import { useT } from "./messages.ts";

export const periods = ["all", "today", "week", "month", "before", "own"] as const;
export type PeriodName = (typeof periods)[number];

const day = (year: number, month: number, date: number) => new Date(year, month, date);

/** The bounds of a named time, as instants; open where it has none. Own dates are days of the reader's calendar, the last one whole. */
export function boundsOf(
  { period, from, to }: { period: PeriodName; from?: string | undefined; to?: string | undefined },
  now = new Date(),
): { from?: string; to?: string } {
  const [year, month, date] = [now.getFullYear(), now.getMonth(), now.getDate()];
  const bounds = (first: Date, last?: Date) => ({
    from: first.toISOString(),
    ...(last && { to: last.toISOString() }),
  });
  switch (period) {
    case "all":
      return {};
    case "today":
      return bounds(day(year, month, date));
    case "week":
      return bounds(day(year, month, date - 6));
    case "month":
      return bounds(day(year, month, 1));
    case "before":
      return bounds(day(year, month - 1, 1), day(year, month, 1));
    case "own": {
      const first = from ? new Date(`${from}T00:00`) : undefined;
      const last = to ? new Date(`${to}T00:00`) : undefined;
      last?.setDate(last.getDate() + 1);
      return {
        ...(first && !Number.isNaN(first.getTime()) && { from: first.toISOString() }),
        ...(last && !Number.isNaN(last.getTime()) && { to: last.toISOString() }),
      };
    }
  }
}

/** The time chosen in the address: a link leads to the same. */
export function usePeriod(usual: PeriodName) {
  const { search } = host.usePlace();
  const period = periods.find((each) => each === search.period) ?? usual;
  return { period, from: search.from, to: search.to };
}

type Props = {
  chosen: ReturnType<typeof usePeriod>;
  onChange: (change: {
    period?: string | undefined;
    from?: string | undefined;
    to?: string | undefined;
  }) => void;
};

export function PeriodChoice({ chosen, onChange }: Props) {
  const t = useT();
  return (
    <>
      <Select
        aria-label={t("filter.period")}
        value={chosen.period}
        onValueChange={(period) => onChange({ period })}
        options={periods.map((value) => ({ value, label: t(`period.${value}`) }))}
        className="max-w-48"
      />
      {chosen.period === "own"
        ? (["from", "to"] as const).map((end) => (
            <Field key={end} hideLabel label={t(`period.${end}`)} className="w-40">
              <TextField
                type="date"
                value={chosen[end] ?? ""}
                onChange={(event) => onChange({ period: "own", [end]: event.target.value || undefined })}
              />
            </Field>
          ))
        : null}
    </>
  );
}
