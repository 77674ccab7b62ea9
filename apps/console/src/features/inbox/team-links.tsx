import { cx } from "@okno/ui";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { HandHelping, UsersRound } from "lucide-react";
import { useTeams } from "../../shared/directory/directory.ts";
import { hueOfLabel } from "../../shared/directory/label-hue.ts";
import type { Filters, View } from "../../shared/tickets/filters.ts";
import { countsQuery } from "../../shared/tickets/queries.ts";
import { useMyTeams } from "../../shared/views/queries.ts";
import { useT } from "./messages.ts";
import { Count, RailSection, RowName, RowTip, rowClass } from "./rail-row.tsx";

type Props = { view: View | undefined; filters: Filters; spread: boolean };

/** What is to take: in all of the reader's teams, and in each of them. */
export function TeamLinks({ view, filters, spread }: Props) {
  const t = useT();
  const mine = useMyTeams();
  const teams = useTeams().filter(({ id }) => mine.includes(id));
  const { data: counts } = useQuery(countsQuery(undefined));
  if (teams.length === 0) return null;
  const toTake = (id: string) => counts?.byTeam.find((each) => each.team === id)?.unassigned ?? 0;
  const total = mine.reduce((sum, id) => sum + toTake(id), 0);
  const rows = [
    ...(teams.length > 1
      ? [{ id: "mine", name: t("rail.take"), count: total, icon: <HandHelping />, hue: undefined }]
      : []),
    ...teams.map(({ id, name, hue }) => ({
      id,
      name,
      count: toTake(id),
      icon: <UsersRound />,
      hue: hueOfLabel(hue),
    })),
  ];
  return (
    <RailSection id="teams" name={t("rail.teams")} spread={spread}>
      {rows.map(({ id, name, count, icon, hue }) => (
        <li key={id}>
          <RowTip name={name}>
            <Link
              to="/inbox/$view"
              params={{ view: "unassigned" }}
              search={{ team: id }}
              activeOptions={{ exact: true, includeSearch: true }}
              aria-current={view === "unassigned" && filters.team === id ? "page" : undefined}
              className={cx(rowClass, !spread && "md:max-lg:justify-center md:max-lg:px-0")}
            >
              {icon}
              <RowName spread={spread}>{name}</RowName>
              {hue ? (
                <span
                  aria-hidden="true"
                  data-hue={hue}
                  className={cx("hue-dot size-2 shrink-0 rounded-full", !spread && "md:max-lg:hidden")}
                />
              ) : null}
              <Count value={count} quiet={false} spread={spread} />
            </Link>
          </RowTip>
        </li>
      ))}
    </RailSection>
  );
}
