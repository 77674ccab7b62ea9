import { Banner, Button, Dialog, ErrorState, ListSkeleton } from "@okno/ui";
import type { UseQueryResult } from "@tanstack/react-query";
import { type ReactNode, useId } from "react";
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

type FormProps = {
  title: ReactNode;
  text?: ReactNode;
  submitLabel: string;
  danger?: boolean;
  busy: boolean;
  /** What the server said, unless a field shows it. */
  error?: unknown;
  size?: "sm" | "md" | "lg";
  onSubmit: () => void;
  onClose: () => void;
  children?: ReactNode;
};

/** A form that is settled before going on: mounted while it is open, so that it begins anew each time. */
export function FormDialog(props: FormProps) {
  const t = useT();
  const formId = useId();
  const { title, text, submitLabel, danger = false, busy, error, size, onSubmit, onClose, children } = props;
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={title}
      text={text}
      size={size}
      closeLabel={t("close")}
      footer={
        <>
          <Button onClick={onClose}>{t("back")}</Button>
          <Button type="submit" form={formId} variant={danger ? "danger" : "primary"} busy={busy}>
            {submitLabel}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) onSubmit();
        }}
      >
        {children}
        {error ? <Banner tone="late">{host.errorMessage(error)}</Banner> : null}
      </form>
    </Dialog>
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
