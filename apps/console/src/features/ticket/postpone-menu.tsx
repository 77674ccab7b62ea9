import { Button, Popover, TextField } from "@okno/ui";
import { type FormEvent, type ReactElement, useId, useState } from "react";
import { useLocale } from "../../shared/i18n/i18n.ts";
import { postponeTimes } from "../../shared/tickets/postpone-times.ts";
import { useT } from "./messages.ts";

type Props = {
  trigger: ReactElement;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onUntil: (date: Date) => void;
  /** Absent where no customer is waited for. */
  onReply?: (() => void) | undefined;
};

const lineClass =
  "flex min-h-8 w-full items-center justify-between gap-4 rounded-control px-2 text-left text-14 hover:bg-hover focus-visible:-outline-offset-2 pointer-coarse:min-h-control";

function Custom({ onUntil }: { onUntil: (date: Date) => void }) {
  const t = useT();
  const id = useId();
  const [value, setValue] = useState("");
  const [early, setEarly] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const date = new Date(value);
    if (Number.isNaN(date.getTime())) return;
    if (date.getTime() <= Date.now()) setEarly(true);
    else onUntil(date);
  };
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-1.5 border-t p-3">
      <label htmlFor={id} className="text-13 font-medium">
        {t("postpone.custom")}
      </label>
      <div className="flex flex-wrap gap-2">
        <TextField
          id={id}
          type="datetime-local"
          value={value}
          invalid={early}
          aria-describedby={early ? `${id}-error` : undefined}
          onChange={(event) => {
            setValue(event.target.value);
            setEarly(false);
          }}
          className="grow basis-44 tabular-nums"
        />
        <Button type="submit" disabled={value === ""}>
          {t("postpone.do")}
        </Button>
      </div>
      {early ? (
        <p id={`${id}-error`} role="alert" className="text-13 text-late">
          {t("postpone.early")}
        </p>
      ) : null}
    </form>
  );
}

/** Until when, or until the customer answers. */
export function PostponeMenu({ trigger, open, onOpenChange, onUntil, onReply }: Props) {
  const t = useT();
  const locale = useLocale();
  const hint = (date: Date) => {
    const sameDay = date.toDateString() === new Date().toDateString();
    const day = sameDay ? {} : ({ weekday: "short", day: "numeric", month: "short" } as const);
    return new Intl.DateTimeFormat(locale, { ...day, hour: "2-digit", minute: "2-digit" }).format(date);
  };
  const pick = (date: Date) => {
    onOpenChange(false);
    onUntil(date);
  };
  return (
    <Popover
      trigger={trigger}
      label={t("act.postpone")}
      open={open}
      onOpenChange={onOpenChange}
      align="end"
      flush
      width="lg"
    >
      <div className="p-1">
        {postponeTimes(new Date()).map(({ id, date }) => (
          <button key={id} type="button" className={lineClass} onClick={() => pick(date)}>
            <span>{t(`postpone.${id}`)}</span>
            <span className="shrink-0 text-13 text-text-3 tabular-nums">{hint(date)}</span>
          </button>
        ))}
        {onReply ? (
          <button
            type="button"
            className={lineClass}
            onClick={() => {
              onOpenChange(false);
              onReply();
            }}
          >
            <span>{t("postpone.reply")}</span>
            <span className="text-13 text-text-3 max-md:hidden">{t("postpone.reply.hint")}</span>
          </button>
        ) : null}
      </div>
      <Custom onUntil={pick} />
    </Popover>
  );
}
