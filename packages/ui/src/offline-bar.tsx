import { CloudOff } from "lucide-react";
import type { ReactNode } from "react";

export type OfflineBarProps = {
  /** False keeps the live region in place and silent, so that its change is announced. */
  offline: boolean;
  text: ReactNode;
  /** A small button, such as "try now". */
  action?: ReactNode;
};

/** One quiet line at the edge of the window while the connection is away; what was written is kept. */
export function OfflineBar({ offline, text, action }: OfflineBarProps) {
  return (
    <div role="status">
      {offline ? (
        <div className="flex min-h-8 items-center justify-center gap-2 border-b bg-soon-soft px-4 py-1 text-13 text-text-1">
          <CloudOff aria-hidden="true" className="size-4 shrink-0 text-soon" />
          <span className="min-w-0">{text}</span>
          {action}
        </div>
      ) : null}
    </div>
  );
}
