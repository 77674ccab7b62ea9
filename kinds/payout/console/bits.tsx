import { FormDialog as BaseForm, ErrorState, type FormDialogProps, ListSkeleton } from "@okno/ui";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { host } from "./host.ts";
import { useT } from "./messages.ts";

/** Shows what was asked for once it is there; its waiting and its failure until then. */
export function Loaded<T>({
  query,
  rows = 4,
  children,
}: {
  query: Pick<UseQueryResult<T>, "data" | "error" | "isFetching" | "refetch">;
  rows?: number;
  children: (data: T) => ReactNode;
}) {
  const t = useT();
  if (query.data !== undefined) return children(query.data);
  if (query.error)
    return (
      <ErrorState
        title={t("load.failed")}
        text={host.errorMessage(query.error)}
        detail={host.requestIdOf(query.error)}
        retryLabel={t("retry")}
        onRetry={() => void query.refetch()}
        retrying={query.isFetching}
      />
    );
  return <ListSkeleton label={t("loading")} rows={rows} />;
}

type FormProps = Omit<FormDialogProps, "closeLabel" | "backLabel" | "problem"> & {
  /** What the server said, unless a field shows it. */
  error?: unknown;
};

/** A form of payouts, in their words. */
export function FormDialog({ error, ...form }: FormProps) {
  const t = useT();
  return (
    <BaseForm
      {...form}
      closeLabel={t("close")}
      backLabel={t("back")}
      problem={error ? host.errorMessage(error) : null}
    />
  );
}

/** Name and value under each other, in as many columns as there is room for. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className="grid grid-cols-1 gap-x-8 gap-y-3 @sm:grid-cols-2 @xl:grid-cols-3">{children}</dl>;
}

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-12 text-text-3">{name}</dt>
      <dd className="mt-0.5 text-14 tabular-nums [overflow-wrap:anywhere]">{children}</dd>
    </div>
  );
}
