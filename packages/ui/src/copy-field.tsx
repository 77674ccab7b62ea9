import { Check, Copy } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { cx } from "./cx.ts";
import { IconButton } from "./icon-button.tsx";

export type CopyFieldProps = {
  value: string;
  /** What the value is, for assistive technology. */
  label: string;
  copyLabel: string;
  copiedLabel: string;
  /** Such as "shown once, keep it safe". */
  note?: string | undefined;
  className?: string | undefined;
};

/** A value to take away: selects itself on focus, copies by its button. */
export function CopyField({ value, label, copyLabel, copiedLabel, note, className }: CopyFieldProps) {
  const [copied, setCopied] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(value);
      setCopied(true);
    } catch {
      // No permission or no secure context: the value is left selected, so that the usual key copies it.
      input.current?.select();
    }
  };
  return (
    <div className={cx("min-w-0", className)}>
      <div className="ring-within flex h-control items-center rounded-control border border-line-strong bg-surface-2 pr-0.5 pl-2.5">
        <input
          ref={input}
          readOnly
          aria-label={label}
          value={value}
          onFocus={(event) => event.target.select()}
          className="h-full min-w-0 flex-1 bg-transparent font-mono text-13 text-text-1 text-ellipsis outline-none"
        />
        <IconButton
          size="sm"
          label={copied ? copiedLabel : copyLabel}
          icon={copied ? <Check className="text-good" /> : <Copy />}
          onClick={() => void copy()}
        />
      </div>
      <span role="status" className="sr-only">
        {copied ? copiedLabel : ""}
      </span>
      {note ? <p className="mt-1.5 text-13 text-text-3">{note}</p> : null}
    </div>
  );
}
