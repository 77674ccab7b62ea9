import { type Duration, durationUnits } from "@okno/contract";
import { Button, FilterableMenu, type MenuItem, Select, TextField } from "@okno/ui";
import { useState } from "react";
import { ContactsField } from "./contacts-field.tsx";
import { type Row, shapeOf } from "./draft.ts";
import { useT } from "./messages.ts";
import { priorities } from "./options.ts";

type Props = { row: Row; items: readonly MenuItem[]; onChange: (value: unknown) => void };

function toggling(row: Row, onChange: Props["onChange"]) {
  const chosen = Array.isArray(row.value) ? (row.value as string[]) : [];
  const onToggle = (id: string) =>
    onChange(chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id]);
  return { chosen, onToggle };
}

/** Several of a list, as one button that says which. */
function ValuesField({ row, items, onChange }: Props) {
  const t = useT();
  const [open, setOpen] = useState(false);
  const { chosen, onToggle } = toggling(row, onChange);
  // Something named before and no longer offered can still be taken out.
  const gone = chosen.filter((id) => !items.some((item) => item.id === id));
  const all = [
    ...items,
    ...gone.map((id) => ({ id, label: id.includes("_") ? t("gone") : id, hint: t("gone") })),
  ];
  const names = chosen.map((id) => all.find((item) => item.id === id)?.label ?? id);
  return (
    <FilterableMenu
      open={open}
      onOpenChange={setOpen}
      label={t("value")}
      multiple
      items={all}
      selected={chosen}
      filterPlaceholder={t("find")}
      emptyText={t("nothing")}
      onSelect={onToggle}
      trigger={
        <Button className="min-w-0 max-w-full justify-start!">
          <bdi className="min-w-0 truncate">{names.length > 0 ? names.join(", ") : t("choose")}</bdi>
        </Button>
      }
    />
  );
}

function DurationField({ row, onChange }: Omit<Props, "items">) {
  const t = useT();
  const { amount, unit } = row.value as Duration;
  return (
    <span className="flex min-w-0 gap-2">
      <TextField
        aria-label={t("amount")}
        inputMode="numeric"
        className="w-20"
        value={Number.isNaN(amount) ? "" : String(amount)}
        invalid={!(amount >= 1)}
        onChange={(event) => onChange({ amount: Number.parseInt(event.target.value, 10), unit })}
      />
      <Select
        aria-label={t("unit")}
        options={durationUnits.map((value) => ({ value, label: t(`unit.${value}`) }))}
        value={unit}
        onValueChange={(next) => onChange({ amount, unit: next })}
      />
    </span>
  );
}

/** `2026-11-22T10:15` in the reader's zone, as the browser's own control takes it. */
function localOf(value: unknown): string {
  if (typeof value !== "string" || value === "") return "";
  const at = new Date(value);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** The value of a statement, by what its operation takes. */
export function ValueField({ row, items, onChange }: Props) {
  const t = useT();
  switch (shapeOf(row.op)) {
    case "values":
      if (row.field === "contact") return <ContactsField {...toggling(row, onChange)} />;
      return <ValuesField row={row} items={items} onChange={onChange} />;
    case "duration":
      return <DurationField row={row} onChange={onChange} />;
    case "rank":
      return (
        <Select
          aria-label={t("value")}
          options={priorities.map((value) => ({ value, label: t(`priority.${value}`) }))}
          value={String(row.value)}
          onValueChange={onChange}
        />
      );
    case "instant":
      return (
        <TextField
          aria-label={t("value")}
          type="datetime-local"
          value={localOf(row.value)}
          onChange={({ target }) => onChange(target.value ? new Date(target.value).toISOString() : "")}
        />
      );
    case "text":
      return (
        <TextField
          aria-label={t("value")}
          maxLength={100}
          value={String(row.value ?? "")}
          onChange={({ target }) => onChange(target.value)}
        />
      );
    default:
      return null;
  }
}
