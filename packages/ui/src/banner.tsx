import { CircleAlert, CircleCheck, Clock, Info, X } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "./cx.ts";
import { IconButton } from "./icon-button.tsx";
import { TONE_TEXT } from "./tone.ts";

export type BannerProps = {
  tone?: "info" | "good" | "soon" | "late" | undefined;
  title?: ReactNode;
  children?: ReactNode;
  /** A small button. */
  action?: ReactNode;
  onClose?: (() => void) | undefined;
  closeLabel?: string | undefined;
  className?: string | undefined;
};

const LOOK = {
  info: { icon: Info, box: "bg-accent-soft" },
  good: { icon: CircleCheck, box: "bg-good-soft" },
  soon: { icon: Clock, box: "bg-soon-soft" },
  late: { icon: CircleAlert, box: "bg-late-soft" },
} as const;

/** Something about the whole view that stays until it is no longer true. */
export function Banner({
  tone = "info",
  title,
  children,
  action,
  onClose,
  closeLabel,
  className,
}: BannerProps) {
  const { icon: Icon, box } = LOOK[tone];
  return (
    <div
      role={tone === "late" ? "alert" : "status"}
      className={cx("flex items-start gap-3 rounded-panel px-4 py-3 text-14 text-text-1", box, className)}
    >
      <Icon aria-hidden="true" className={cx("mt-0.5 size-4 shrink-0", TONE_TEXT[tone])} />
      <div className="min-w-0 flex-1">
        {title ? <p className="font-medium">{title}</p> : null}
        {children ? <div className="text-text-2">{children}</div> : null}
      </div>
      {action}
      {onClose && closeLabel ? (
        <IconButton label={closeLabel} icon={<X />} size="sm" onClick={onClose} className="-my-1 -mr-2" />
      ) : null}
    </div>
  );
}
