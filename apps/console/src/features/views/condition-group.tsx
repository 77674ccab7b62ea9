import type { ConditionField, View } from "@okno/contract";
import { Button, Combobox, cx, IconButton, type MenuItem, Select } from "@okno/ui";
import { Plus, TextQuote, TriangleAlert, X } from "lucide-react";
import {
  emptyGroup,
  type Group,
  isComplete,
  isGroup,
  type Join,
  operations,
  type Row,
  rowOf,
} from "./draft.ts";
import { type T, useT } from "./messages.ts";
import { useOptions } from "./options.ts";
import { ValueField } from "./value-field.tsx";

type Key = Parameters<T>[0];
type Common = {
  options: Partial<Record<ConditionField, MenuItem[]>>;
  /** What the saved view says no longer means anything. */
  problems: View["problems"];
  /** Unfinished statements are pointed out once saving was tried. */
  tried: boolean;
  onPart: (key: string, next: Row | Group | undefined) => void;
};

const offered = Object.keys(operations) as ConditionField[];

/** One statement, read like a sentence: what, how, which. */
function StatementRow({ row, options, problems, tried, onPart }: Common & { row: Row }) {
  const t = useT();
  const broken = problems.some(
    ({ pointer, value }) =>
      row.pointer !== undefined &&
      pointer.startsWith(`${row.pointer}/`) &&
      Array.isArray(row.value) &&
      row.value.includes(value),
  );
  const change = (next: Row) => onPart(row.key, { ...next, ...(row.pointer && { pointer: row.pointer }) });
  const unfinished = tried && !isComplete(row);
  return (
    <div className="flex flex-col gap-1">
      <div className="flex flex-wrap items-center gap-2">
        <div className="w-44 max-w-full">
          <Combobox
            label={t("field")}
            placeholder={t("choose")}
            filterPlaceholder={t("find")}
            emptyText={t("nothing")}
            options={offered.map((id) => ({ id, label: t(`field.${id}`) }))}
            value={row.field}
            onValueChange={(field) => change(rowOf(field as ConditionField, undefined, row))}
          />
        </div>
        <div className="w-40 max-w-full">
          <Select
            aria-label={t("op")}
            options={operations[row.field].map((value) => ({ value, label: t(`op.${value}` as Key) }))}
            value={row.op}
            onValueChange={(op) => change(rowOf(row.field, op, row))}
          />
        </div>
        <div className="flex min-w-0 flex-1 basis-40">
          <ValueField
            row={row}
            items={options[row.field] ?? []}
            onChange={(value) => change({ ...row, value })}
          />
        </div>
        <IconButton label={t("remove.condition")} icon={<X />} onClick={() => onPart(row.key, undefined)} />
      </div>
      {broken || unfinished ? (
        <p
          className={cx(
            "flex items-center gap-1.5 text-13 [&_svg]:size-3.5",
            broken ? "text-soon" : "text-late",
          )}
        >
          <TriangleAlert aria-hidden="true" />
          {broken ? t("gone") : t("incomplete")}
        </p>
      ) : null}
    </div>
  );
}

const joins: readonly Join[] = ["all", "any", "none"];
/** Groups within groups within groups: deeper, nobody can read them. */
const deepest = 2;

type GroupProps = Common & { group: Group; depth: number; onChange: (group: Group) => void };

/** Statements joined by one word, and groups of them. */
function GroupBox({ group, depth, onChange, ...common }: GroupProps) {
  const t = useT();
  const add = (part: Row | Group) => onChange({ ...group, parts: [...group.parts, part] });
  const word = group.join === "all" ? t("and") : t("or");
  return (
    <fieldset
      className={cx("flex min-w-0 flex-col gap-2", depth > 0 && "rounded-panel border bg-surface-2 p-3")}
    >
      <legend className="sr-only">{t("join.label")}</legend>
      <div className="flex flex-wrap items-center gap-2">
        {depth === 0 ? <span className="text-14">{t("shows")}</span> : null}
        <div className="w-72 max-w-full">
          <Select
            aria-label={t("join.label")}
            options={joins.map((value) => ({ value, label: t(`join.${value}`) }))}
            value={group.join}
            onValueChange={(join) => onChange({ ...group, join: join as Join })}
          />
        </div>
        {depth > 0 ? (
          <IconButton
            className="ml-auto"
            label={t("remove.group")}
            icon={<X />}
            onClick={() => common.onPart(group.key, undefined)}
          />
        ) : null}
      </div>
      {group.parts.length === 0 && depth === 0 ? <p className="text-13 text-text-3">{t("none")}</p> : null}
      {group.parts.map((part, index) => (
        <div key={part.key} className="flex min-w-0 gap-2">
          <span className="w-8 shrink-0 pt-2 text-13 text-text-3">{index === 0 ? "" : word}</span>
          <div className="min-w-0 flex-1">
            {isGroup(part) ? (
              <GroupBox
                {...common}
                group={part}
                depth={depth + 1}
                onChange={(next) => common.onPart(part.key, next)}
              />
            ) : (
              <StatementRow {...common} row={part} />
            )}
          </div>
        </div>
      ))}
      <div className="flex flex-wrap gap-2 pl-10">
        <Button size="sm" variant="ghost" icon={<Plus />} onClick={() => add(rowOf("assignee"))}>
          {t("add.condition")}
        </Button>
        {depth < deepest - (group.join === "none" ? 1 : 0) ? (
          <Button
            size="sm"
            variant="ghost"
            icon={<TextQuote />}
            onClick={() => add({ ...emptyGroup("any"), parts: [rowOf("label")] })}
          >
            {t("add.group")}
          </Button>
        ) : null}
      </div>
    </fieldset>
  );
}

/** The whole tree. */
export function ConditionGroup(props: Omit<GroupProps, "options" | "depth">) {
  return <GroupBox {...props} options={useOptions()} depth={0} />;
}
