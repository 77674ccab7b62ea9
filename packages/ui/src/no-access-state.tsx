import { Lock } from "lucide-react";
import type { ReactNode } from "react";
import { EmptyState } from "./empty-state.tsx";

export type NoAccessStateProps = {
  title: ReactNode;
  /** Whom to ask, or that it may not exist at all: what may not be seen looks like what is not there. */
  text?: ReactNode;
  /** The way back. */
  action?: ReactNode;
  className?: string | undefined;
};

/** A place that this reader may not see. Nothing went wrong, and trying again would not help. */
export function NoAccessState({ title, text, action, className }: NoAccessStateProps) {
  return (
    <EmptyState
      art={<Lock aria-hidden="true" />}
      title={title}
      text={text}
      action={action}
      className={className}
    />
  );
}
