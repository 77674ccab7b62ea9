import { ErrorState, ListSkeleton } from "@okno/ui";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { errorMessage, requestIdOf } from "../../shared/api/error-message.ts";
import { usePageTitle } from "../../shared/layout/page-title.ts";
import { useT } from "./messages.ts";

type PageProps = { title: string; text?: ReactNode; action?: ReactNode; children: ReactNode };

/** One page of the settings: its name, what it is for, its one main action. */
export function SettingsPage({ title, text, action, children }: PageProps) {
  const t = useT();
  usePageTitle(`${title} · ${t("settings")}`);
  return (
    <div className="mx-auto w-full max-w-4xl px-4 py-6 md:px-8 md:py-8">
      <header className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-64">
          <h1 className="text-20 font-semibold [overflow-wrap:anywhere]">{title}</h1>
          {text ? <p className="mt-1 max-w-prose text-14 text-text-2">{text}</p> : null}
        </div>
        {action}
      </header>
      <div className="mt-6">{children}</div>
    </div>
  );
}

/** Shows a list once it is there; its waiting and its failure until then. */
export function Loaded<T>({
  query,
  children,
}: {
  query: UseQueryResult<T>;
  children: (data: T) => ReactNode;
}) {
  const t = useT();
  if (query.data !== undefined) return children(query.data);
  if (query.error)
    return (
      <ErrorState
        title={t("load.failed")}
        text={errorMessage(query.error)}
        detail={requestIdOf(query.error)}
        retryLabel={t("retry")}
        onRetry={() => void query.refetch()}
        retrying={query.isFetching}
      />
    );
  return <ListSkeleton label={t("loading")} rows={5} />;
}

/** Rows between lines: what most pages of the settings are. */
export function Rows({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul aria-label={label} className="divide-y divide-line rounded-panel border">
      {children}
    </ul>
  );
}

type RowProps = {
  icon?: ReactNode;
  title: ReactNode;
  text?: ReactNode;
  extra?: ReactNode;
  actions?: ReactNode;
};

/** A thing in a list: what it is, what is to know, what can be done. */
export function Row({ icon, title, text, extra, actions }: RowProps) {
  return (
    <li className="flex items-center gap-4 px-4 py-3">
      {icon ? <div className="shrink-0 text-text-3 [&>svg]:size-5">{icon}</div> : null}
      <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-56">
          <div className="flex flex-wrap items-center gap-x-2 gap-y-1 text-14 font-medium [overflow-wrap:anywhere]">
            {title}
          </div>
          {text ? <div className="mt-0.5 text-13 text-text-3 [overflow-wrap:anywhere]">{text}</div> : null}
        </div>
        {extra ? <div className="flex min-w-0 max-w-full flex-wrap gap-1.5">{extra}</div> : null}
      </div>
      {actions ? <div className="flex shrink-0 items-center gap-1">{actions}</div> : null}
    </li>
  );
}
