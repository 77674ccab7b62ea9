import { Badge, Button, EmptyState, ErrorState, ListSkeleton } from "@okno/ui";
import { useInfiniteQuery } from "@tanstack/react-query";
import { ChevronRight, Landmark, Plus } from "lucide-react";
import { useState } from "react";
import type { PayoutDesk } from "../../contract.ts";
import { host } from "../host.ts";
import { useT as useCommonT } from "../messages.ts";
import { desksQuery } from "../queries.ts";
import { Frame } from "./frame.tsx";
import { useT } from "./messages.ts";
import { NewDesk } from "./new-desk.tsx";

function DeskRow({ desk }: { desk: PayoutDesk }) {
  const common = useCommonT();
  const projects = host.useProjects();
  const project = projects.length > 1 ? projects.find(({ id }) => id === desk.project)?.name : undefined;
  return (
    <li>
      <host.Link
        to={`/payouts/${desk.id}`}
        className="flex items-center gap-4 rounded-panel px-4 py-3 transition-colors hover:bg-hover focus-visible:-outline-offset-2"
      >
        <Landmark aria-hidden="true" className="size-5 shrink-0 text-text-3" />
        <span className="min-w-0 flex-1">
          <bdi className="block text-14 font-medium [overflow-wrap:anywhere]">{desk.name}</bdi>
          <span className="block text-13 text-text-3">
            {[desk.login, project].filter(Boolean).join(" · ")}
          </span>
        </span>
        {desk.disabledAt ? <Badge>{common("disabled")}</Badge> : null}
        <Badge tone={desk.mode === "live" ? "info" : "neutral"}>{common(`mode.${desk.mode}`)}</Badge>
        <ChevronRight aria-hidden="true" className="size-4 shrink-0 text-text-3" />
      </host.Link>
    </li>
  );
}

function List({ add }: { add: React.ReactNode }) {
  const t = useT();
  const common = useCommonT();
  const query = useInfiniteQuery(desksQuery);
  const desks = query.data?.pages.flatMap(({ data }) => data);
  if (query.error && !desks)
    return (
      <ErrorState
        title={common("load.failed")}
        text={host.errorMessage(query.error)}
        detail={host.requestIdOf(query.error)}
        retryLabel={common("retry")}
        onRetry={() => void query.refetch()}
        retrying={query.isFetching}
      />
    );
  if (!desks) return <ListSkeleton label={common("loading")} rows={3} />;
  if (desks.length === 0)
    return <EmptyState title={t("desks.none")} text={t("desks.none.text")} action={add} />;
  return (
    <>
      <ul aria-label={t("desks")} className="divide-y divide-line rounded-panel border">
        {desks.map((desk) => (
          <DeskRow key={desk.id} desk={desk} />
        ))}
      </ul>
      {query.hasNextPage ? (
        <Button
          className="self-center"
          busy={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t("desk.more")}
        </Button>
      ) : null}
    </>
  );
}

/** The desks of the reader's projects. */
export function Desks() {
  const t = useT();
  const common = useCommonT();
  const me = host.useMe();
  const [adding, setAdding] = useState(false);
  const admin = host.hasRole(me, "admin");
  host.useCommands([
    {
      id: "payouts.desk.new",
      title: t("desk.new"),
      group: "create",
      enabled: admin,
      run: () => setAdding(true),
    },
  ]);
  const add = admin ? (
    <Button variant="primary" icon={<Plus />} onClick={() => setAdding(true)}>
      {t("desk.new")}
    </Button>
  ) : null;
  return (
    <Frame
      back={{ to: "/", text: common("to.tickets") }}
      name={common("title")}
      title={common("title")}
      text={t("desks.text")}
      action={
        <div className="flex flex-wrap gap-2">
          <host.Link
            to="/payouts/rates"
            className="flex h-control items-center rounded-control px-3 text-14 text-text-2 hover:bg-hover hover:text-text-1"
          >
            {t("rates")}
          </host.Link>
          {add}
        </div>
      }
    >
      <List add={null} />
      {adding ? <NewDesk onClose={() => setAdding(false)} /> : null}
    </Frame>
  );
}
