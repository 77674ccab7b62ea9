import type { ReactNode } from "react";
import { cx } from "./cx.ts";

export type FormRowProps = {
  title: ReactNode;
  text?: ReactNode;
  className?: string | undefined;
  children: ReactNode;
};

/** A line of a settings page: what it is about on the left, its controls on the right, one under the other when narrow. */
export function FormRow({ title, text, className, children }: FormRowProps) {
  return (
    <section
      className={cx(
        "grid gap-x-8 gap-y-4 border-b py-6 last:border-b-0 md:grid-cols-[minmax(0,1fr)_minmax(0,2fr)]",
        className,
      )}
    >
      <div className="min-w-0">
        <h2 className="text-14 font-semibold text-text-1">{title}</h2>
        {text ? <p className="mt-1 max-w-prose text-13 text-text-3">{text}</p> : null}
      </div>
      <div className="flex min-w-0 max-w-prose flex-col gap-4">{children}</div>
    </section>
  );
}
