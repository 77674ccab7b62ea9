import { type FormEvent, type ReactElement, useId, useState } from "react";
import { Button } from "./button.tsx";
import { Popover } from "./popover.tsx";
import { TextField } from "./text-field.tsx";

export type DateTimePreset = {
  id: string;
  label: string /** When exactly, in words. */;
  hint: string;
  date: Date;
};

export type DateTimePopoverProps = {
  trigger: ReactElement;
  label: string;
  presets: readonly DateTimePreset[];
  /** Label of the field for a moment of one's own. */
  customLabel: string;
  submitLabel: string;
  /** Shown when the moment is before `min`. */
  tooEarlyText: string;
  min: Date;
  onPick: (date: Date) => void;
  open?: boolean | undefined;
  onOpenChange?: ((open: boolean) => void) | undefined;
  align?: "start" | "center" | "end" | undefined;
};

/** The value of a datetime-local input, in the reader's own zone. */
export function toLocalInput(date: Date): string {
  const shifted = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}

type CustomMomentProps = Pick<
  DateTimePopoverProps,
  "customLabel" | "submitLabel" | "tooEarlyText" | "min" | "onPick"
>;

function CustomMoment({ customLabel, submitLabel, tooEarlyText, min, onPick }: CustomMomentProps) {
  const [value, setValue] = useState("");
  const [early, setEarly] = useState(false);
  const id = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const date = new Date(value);
    if (Number.isNaN(date.getTime())) return;
    if (date < min) setEarly(true);
    else onPick(date);
  };
  return (
    // Our own words say what is wrong, in the language of the interface; the browser's bubble would not.
    <form noValidate onSubmit={submit} className="flex flex-col gap-1.5 border-t p-3">
      <label htmlFor={id} className="text-13 font-medium">
        {customLabel}
      </label>
      <div className="flex flex-wrap gap-2">
        <TextField
          id={id}
          type="datetime-local"
          required
          min={toLocalInput(min)}
          value={value}
          invalid={early}
          aria-describedby={early ? `${id}-error` : undefined}
          onChange={(event) => {
            setValue(event.target.value);
            setEarly(false);
          }}
          className="grow basis-44 tabular-nums pointer-coarse:basis-full"
        />
        <Button type="submit" disabled={value === ""} className="grow">
          {submitLabel}
        </Button>
      </div>
      {early ? (
        <p id={`${id}-error`} role="alert" className="text-13 text-late">
          {tooEarlyText}
        </p>
      ) : null}
    </form>
  );
}

/** "Until when": a few ready moments, and a field for any other. */
export function DateTimePopover(props: DateTimePopoverProps) {
  const { trigger, label, presets, onPick, open, onOpenChange, align } = props;
  const [ownOpen, setOwnOpen] = useState(false);
  const setOpen = (next: boolean) => {
    setOwnOpen(next);
    onOpenChange?.(next);
  };
  const pick = (date: Date) => {
    setOpen(false);
    onPick(date);
  };
  return (
    <Popover
      trigger={trigger}
      label={label}
      open={open ?? ownOpen}
      onOpenChange={setOpen}
      align={align}
      flush
      width="lg"
    >
      <div className="p-1">
        {presets.map((preset) => (
          <button
            key={preset.id}
            type="button"
            onClick={() => pick(preset.date)}
            className="flex min-h-8 w-full items-center justify-between gap-4 rounded-control px-2 text-left text-14 hover:bg-hover focus-visible:-outline-offset-2 pointer-coarse:min-h-control"
          >
            <span className="truncate">{preset.label}</span>
            <span className="shrink-0 text-13 text-text-3 tabular-nums">{preset.hint}</span>
          </button>
        ))}
      </div>
      <CustomMoment {...props} onPick={pick} />
    </Popover>
  );
}
