import { CircleAlert, File, RotateCw, X } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "./cx.ts";
import { IconButton } from "./icon-button.tsx";
import { ProgressBar } from "./progress-bar.tsx";

export type FileChipProps = {
  name: string;
  /** Ready text: size, or what is going on, or what went wrong. */
  detail?: string | undefined;
  state?: "ready" | "uploading" | "failed" | undefined;
  /** 0…1 while uploading. */
  progress?: number | undefined;
  /** Makes the name a link. */
  href?: string | undefined;
  icon?: ReactNode;
  onRetry?: (() => void) | undefined;
  retryLabel?: string | undefined;
  onRemove?: (() => void) | undefined;
  removeLabel?: string | undefined;
  className?: string | undefined;
};

function splitName(name: string): [string, string] {
  const dot = name.lastIndexOf(".");
  return dot > 0 && name.length - dot <= 6 ? [name.slice(0, dot), name.slice(dot)] : [name, ""];
}

/** An attached file. A long name is cut in the middle so that its ending stays. */
export function FileChip(props: FileChipProps) {
  const {
    name,
    detail,
    state = "ready",
    progress,
    href,
    icon,
    onRetry,
    retryLabel,
    onRemove,
    removeLabel,
    className,
  } = props;
  const [stem, ending] = splitName(name);
  const failed = state === "failed";
  const text = (
    <bdi title={name} className="flex min-w-0 text-13 font-medium text-text-1">
      <span className="truncate">{stem}</span>
      <span className="shrink-0">{ending}</span>
    </bdi>
  );
  return (
    <div
      className={cx(
        "relative flex h-11 w-60 max-w-full items-center gap-2 overflow-hidden rounded-control border bg-surface-1 pr-1 pl-2.5",
        failed && "border-late",
        className,
      )}
    >
      <span className={cx("flex shrink-0 [&_svg]:size-4", failed ? "text-late" : "text-text-3")}>
        {failed ? <CircleAlert aria-hidden="true" /> : (icon ?? <File aria-hidden="true" />)}
      </span>
      <div className="min-w-0 flex-1">
        {href ? (
          <a href={href} className="block rounded-[4px] hover:underline">
            {text}
          </a>
        ) : (
          text
        )}
        {detail ? (
          <p className={cx("truncate text-12", failed ? "text-late" : "text-text-3")}>{detail}</p>
        ) : null}
      </div>
      {failed && onRetry && retryLabel ? (
        <IconButton size="sm" label={retryLabel} icon={<RotateCw />} onClick={onRetry} />
      ) : null}
      {onRemove && removeLabel ? (
        <IconButton size="sm" label={removeLabel} icon={<X />} onClick={onRemove} />
      ) : null}
      {state === "uploading" ? (
        <ProgressBar
          label={name}
          value={progress}
          className="absolute inset-x-0 bottom-0 h-0.5! rounded-none!"
        />
      ) : null}
    </div>
  );
}
