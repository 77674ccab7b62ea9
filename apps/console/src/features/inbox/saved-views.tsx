import { cx, IconButton } from "@okno/ui";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Eye, Plus, TriangleAlert } from "lucide-react";
import { type KeyboardEvent, useState } from "react";
import { hueOfLabel } from "../../shared/directory/label-hue.ts";
import type { View } from "../../shared/tickets/filters.ts";
import { openViewEditor } from "../../shared/views/editor.ts";
import { type Saved, useViews, viewCountsQuery } from "../../shared/views/queries.ts";
import { useT } from "./messages.ts";
import { Count, RailSection, RowName, RowTip, rowClass } from "./rail-row.tsx";
import { useViewActions } from "./use-view-actions.ts";
import { savedIcons } from "./views.tsx";

type Props = { view: View | undefined; spread: boolean };
type RowProps = Props & { saved: Saved; shortcut: string | undefined; dragged: { id: string | undefined } };

/** Views with a key: the first nine that are shown. */
export const keyedViews = 9;

/** In the order of the rail: own ones first. */
export function shownViews(views: readonly Saved[]): Saved[] {
  const shown = views.filter((view) => !view.hidden);
  return [...shown.filter((view) => !view.shared), ...shown.filter((view) => view.shared)];
}

function SavedRow({ saved, view, spread, shortcut, dragged }: RowProps) {
  const t = useT();
  const actions = useViewActions();
  const count = useQuery(viewCountsQuery).data?.get(saved.id);
  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    actions.nudge(saved.id, event.key === "ArrowUp" ? -1 : 1);
  };
  const broken = saved.problems.length > 0;
  return (
    <li
      onDragOver={(event) => {
        if (dragged.id && dragged.id !== saved.id) event.preventDefault();
      }}
      onDrop={() => {
        if (dragged.id) actions.move(dragged.id, saved.id);
      }}
    >
      <RowTip name={saved.name} shortcut={shortcut}>
        <Link
          to="/inbox/$view"
          params={{ view: saved.id }}
          search={{}}
          draggable
          onDragStart={() => {
            dragged.id = saved.id;
          }}
          onDragEnd={() => {
            dragged.id = undefined;
          }}
          onKeyDown={onKeyDown}
          aria-current={saved.id === view ? "page" : undefined}
          className={cx(rowClass, !spread && "md:max-lg:justify-center md:max-lg:px-0")}
        >
          {savedIcons[saved.icon]}
          <RowName spread={spread}>{saved.name}</RowName>
          {broken ? (
            <TriangleAlert
              role="img"
              aria-label={t("view.problems", { count: saved.problems.length })}
              className={cx("text-soon", !spread && "md:max-lg:hidden")}
            />
          ) : null}
          <span
            aria-hidden="true"
            data-hue={hueOfLabel(saved.hue)}
            className={cx("hue-dot size-2 shrink-0 rounded-full", !spread && "md:max-lg:hidden")}
          />
          <Count value={count?.count} more={count?.more ?? false} quiet spread={spread} />
        </Link>
      </RowTip>
    </li>
  );
}

/** Own views and shared ones; those that the person hides are one step away. */
export function SavedViews({ view, spread }: Props) {
  const t = useT();
  const views = useViews();
  const actions = useViewActions();
  const [hiddenShown, setHiddenShown] = useState(false);
  const [dragged] = useState<{ id: string | undefined }>({ id: undefined });
  const shown = shownViews(views);
  const hidden = views.filter((each) => each.hidden);
  const row = (saved: Saved) => {
    const place = shown.indexOf(saved) + 1;
    const shortcut = place > 0 && place <= keyedViews ? `g ${place}` : undefined;
    return (
      <SavedRow
        key={saved.id}
        saved={saved}
        view={view}
        spread={spread}
        shortcut={shortcut}
        dragged={dragged}
      />
    );
  };
  const shared = shown.filter((each) => each.shared);
  const own = shown.filter((each) => !each.shared);
  return (
    <>
      <RailSection
        id="personal"
        name={t("rail.personal")}
        spread={spread}
        action={
          <IconButton
            size="sm"
            label={t("view.new")}
            shortcut="v"
            icon={<Plus />}
            onClick={() => openViewEditor({})}
          />
        }
      >
        {own.map(row)}
      </RailSection>
      {shared.length > 0 ? (
        <RailSection id="shared" name={t("rail.shared")} spread={spread}>
          {shared.map(row)}
        </RailSection>
      ) : null}
      {hidden.length > 0 ? (
        <div className={cx("flex shrink-0 flex-col gap-0.5", !spread && "md:max-lg:hidden")}>
          <button
            type="button"
            aria-expanded={hiddenShown}
            onClick={() => setHiddenShown(!hiddenShown)}
            className={cx(rowClass, "text-12! text-text-3!")}
          >
            <Eye aria-hidden="true" />
            {t("view.show.hidden")}
          </button>
          {hiddenShown
            ? hidden.map((saved) => (
                <button
                  key={saved.id}
                  type="button"
                  className={cx(rowClass, "text-text-3!")}
                  onClick={() => actions.show(saved)}
                >
                  {savedIcons[saved.icon]}
                  <bdi className="min-w-0 flex-1 truncate text-left">{saved.name}</bdi>
                </button>
              ))
            : null}
        </div>
      ) : null}
    </>
  );
}
