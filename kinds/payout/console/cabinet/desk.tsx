import { Badge, Button, cx, NoAccessState } from "@okno/ui";
import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import type { PayoutDesk } from "../../contract.ts";
import { Loaded } from "../bits.tsx";
import { host } from "../host.ts";
import { useT as useCommonT } from "../messages.ts";
import { deskQuery } from "../queries.ts";
import { Access } from "./access.tsx";
import { Balances } from "./balances.tsx";
import { Frame } from "./frame.tsx";
import { useT } from "./messages.ts";
import { Methods } from "./methods.tsx";
import { NewPayout } from "./new-payout.tsx";
import { PayoutList } from "./payout-list.tsx";
import { Rules } from "./rules.tsx";
import { StatementPart } from "./statement.tsx";

const tabs = ["payouts", "methods", "statement", "rules", "settings"] as const;
type Tab = (typeof tabs)[number];

function TabLinks({ desk, tab, shown }: { desk: PayoutDesk; tab: Tab; shown: readonly Tab[] }) {
  const t = useT();
  return (
    <nav aria-label={t("tabs")} className="-mx-4 overflow-x-auto border-b px-4 md:mx-0 md:px-0">
      <ul className="flex gap-1">
        {shown.map((each) => (
          <li key={each}>
            <host.Link
              to={each === "payouts" ? `/payouts/${desk.id}` : `/payouts/${desk.id}/${each}`}
              aria-current={each === tab ? "page" : undefined}
              className={cx(
                "-mb-px flex h-9 items-center border-b-2 px-3 text-14 font-medium whitespace-nowrap transition-colors focus-visible:-outline-offset-2 pointer-coarse:h-11",
                each === tab
                  ? "border-accent text-text-1"
                  : "border-transparent text-text-2 hover:text-text-1",
              )}
            >
              {t(`tab.${each}`)}
            </host.Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Part({ desk, tab }: { desk: PayoutDesk; tab: Tab }) {
  switch (tab) {
    case "payouts":
      return (
        <>
          <Balances desk={desk} />
          <PayoutList desk={desk} />
        </>
      );
    case "methods":
      return <Methods desk={desk} />;
    case "statement":
      return <StatementPart desk={desk} />;
    case "rules":
      return <Rules desk={desk} />;
    case "settings":
      return <Access desk={desk} />;
  }
}

function Desk({ desk, tab: wanted }: { desk: PayoutDesk; tab: string | undefined }) {
  const t = useT();
  const common = useCommonT();
  const me = host.useMe();
  const go = host.useGo();
  const narrow = host.useNarrow();
  const [paying, setPaying] = useState(false);
  const admin = host.hasRole(me, "admin", desk.project);
  const supervisor = host.hasRole(me, "supervisor", desk.project);
  const shown = tabs.filter((each) => (each === "settings" ? admin : each !== "statement" || supervisor));
  const tab = shown.find((each) => each === wanted) ?? "payouts";
  const open = desk.disabledAt === null;
  const pays = open && supervisor;
  host.useCommands([
    {
      id: "payouts.new",
      title: t("payout.new"),
      group: "create",
      keys: "p",
      enabled: pays,
      run: () => setPaying(true),
    },
    ...shown.map((each) => ({
      id: `payouts.${each}`,
      title: t(`tab.${each}`),
      group: "go" as const,
      enabled: each !== tab,
      run: () => go(each === "payouts" ? `/payouts/${desk.id}` : `/payouts/${desk.id}/${each}`),
    })),
  ]);
  return (
    <Frame
      back={{ to: "/payouts", text: common("to.desks") }}
      name={desk.name}
      title={
        <>
          <bdi>{desk.name}</bdi>
          <Badge tone={desk.mode === "live" ? "info" : "neutral"}>{common(`mode.${desk.mode}`)}</Badge>
          {open ? null : <Badge tone="soon">{common("disabled")}</Badge>}
        </>
      }
      action={
        pays ? (
          <Button
            variant="primary"
            icon={<Plus />}
            shortcut={narrow ? undefined : "p"}
            onClick={() => setPaying(true)}
          >
            {t("payout.new")}
          </Button>
        ) : null
      }
    >
      <TabLinks desk={desk} tab={tab} shown={shown} />
      <Part desk={desk} tab={tab} />
      {paying ? <NewPayout desk={desk} onClose={() => setPaying(false)} /> : null}
    </Frame>
  );
}

/** One desk: its money, its payouts, what it may do. What is not there and what may not be seen look the same. */
export function DeskPage({ id, tab }: { id: string; tab: string | undefined }) {
  const common = useCommonT();
  const query = useQuery(deskQuery(id));
  if (host.isRefusal(query.error, "not_found"))
    return (
      <main className="h-full">
        <NoAccessState
          className="h-full"
          title={common("load.failed")}
          text={host.errorMessage(query.error)}
        />
      </main>
    );
  if (query.data) return <Desk desk={query.data} tab={tab} />;
  return (
    <main className="mx-auto h-full w-full max-w-5xl px-4 py-6 md:px-8">
      <Loaded query={query}>{() => null}</Loaded>
    </main>
  );
}
