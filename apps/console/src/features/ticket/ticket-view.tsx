import type { Ticket } from "@okno/contract";
import { ErrorState, NoAccessState, ResizeHandle, Sheet, Skeleton, toast, usePanelSize } from "@okno/ui";
import { Suspense, useEffect, useState } from "react";
import { errorMessage, isRefusal, requestIdOf } from "../../shared/api/error-message.ts";
import { focusHome } from "../../shared/keys/keep-focus.ts";
import { useCommands } from "../../shared/keys/use-commands.ts";
import { kindOf } from "../../shared/kinds/kinds.ts";
import { usePageTitle } from "../../shared/layout/page-title.ts";
import { useKept } from "../../shared/layout/use-kept.ts";
import { useNarrow, useWide } from "../../shared/layout/use-media.ts";
import { useMe } from "../../shared/session/session.ts";
import { useTicket } from "../../shared/tickets/queries.ts";
import { noteOpened } from "../../shared/tickets/recent.ts";
import { ActionBar, type OpenMenu } from "./action-bar.tsx";
import { BothTexts } from "./both-texts.tsx";
import { Composer } from "./composer.tsx";
import { type AskingOpen, Confirming } from "./confirming.tsx";
import { Details } from "./details.tsx";
import { HandedOver } from "./handed-over.tsx";
import { useLeftElsewhere, useTicketLive } from "./live.ts";
import { MergeDialog } from "./merge-dialog.tsx";
import { MergedLine, useLanding } from "./merged-line.tsx";
import { useT } from "./messages.ts";
import { MovedOn } from "./moved-on.tsx";
import { QuoteButton } from "./quote-button.tsx";
import { TicketHeader } from "./ticket-header.tsx";
import { TimelineView } from "./timeline-view.tsx";
import { Together } from "./together-commands.tsx";
import { TransferDialog } from "./transfer-dialog.tsx";
import { useActions } from "./use-actions.ts";
import { useReadMark } from "./use-read-mark.ts";
import { useTicketCommands } from "./use-ticket-commands.ts";
import { useTimeline } from "./use-timeline.ts";
import { useWriting } from "./use-writing.ts";
import { WritingSpace } from "./writing-space.tsx";

export type TicketViewProps = {
  id: string;
  /** Back to the list. */
  onBack: () => void;
  /** The ticket has left the inbox: on to the next one. */
  onLeave: () => void;
  /** It came back after all. */
  onReturn: () => void;
};

function HeaderSkeleton() {
  const t = useT();
  return (
    <div role="status" className="flex flex-col gap-3 border-b px-6 py-4">
      <span className="sr-only">{t("loading")}</span>
      <Skeleton className="h-5 w-2/5" />
      <Skeleton className="h-3 w-56" />
    </div>
  );
}

function Missing({ onBack }: { onBack: () => void }) {
  const t = useT();
  useCommands([{ id: "ticket.back", title: t("back"), group: "list", keys: "esc", run: onBack }]);
  return <NoAccessState title={t("missing.title")} text={t("missing.text")} />;
}

function OpenTicket({ ticket, onBack, onLeave, onReturn }: TicketViewProps & { ticket: Ticket }) {
  const t = useT();
  const me = useMe();
  const narrow = useNarrow();
  const wide = useWide();
  const [menu, setMenu] = useState<OpenMenu>();
  const [showHistory, setShowHistory] = useKept("okno.history", false);
  const [showDetails, setShowDetails] = useKept("okno.details", true);
  const [sheet, setSheet] = useState(false);
  const [asking, setAsking] = useState<AskingOpen>(false);
  const panel = usePanelSize({ storageKey: "okno.details.width", initial: 300, min: 260, max: 420 });
  const actions = useActions(ticket, { onLeave, onReturn });
  const kind = kindOf(ticket.kind);
  const story = useTimeline(ticket.id);
  const writing = useWriting(ticket, { onLeave, onReturn });
  const { outgoing, draft, change, write } = writing;
  const movedOn = outgoing.filter((entry) => entry.state === "moved_on");

  useTicketLive(ticket.id, ticket.contact?.id);
  useLeftElsewhere(ticket, me.member.id, onLeave);
  useReadMark(ticket, story.said);
  useEffect(() => noteOpened(me.member.id, ticket.id), [me.member.id, ticket.id]);
  const toggleDetails = () => (wide ? setShowDetails(!showDetails) : setSheet(true));
  const copyLink = async () => {
    await navigator.clipboard.writeText(new URL(`/tickets/${ticket.id}`, window.location.href).href);
    toast({ title: t("copied") });
  };
  useTicketCommands({
    ticket,
    actions,
    open: setMenu,
    write,
    onBack,
    onCopyLink: () => void copyLink(),
    onHistory: () => setShowHistory(!showHistory),
    onDetails: toggleDetails,
  });
  const bar = (
    <ActionBar
      ticket={ticket}
      actions={actions}
      open={menu}
      setOpen={setMenu}
      onCopyLink={() => void copyLink()}
      onAsk={() => setAsking({})}
      spread={narrow}
    />
  );
  const details = <Details ticket={ticket} actions={actions} />;
  return (
    <div className="flex h-full min-w-0">
      <div className="flex min-w-0 flex-1 flex-col">
        <TicketHeader
          ticket={ticket}
          onBack={onBack}
          showHistory={showHistory}
          onHistory={setShowHistory}
          detailsOpen={wide && showDetails}
          onDetails={toggleDetails}
          bar={narrow ? null : bar}
        />
        <MergedLine ticket={ticket} />
        <HandedOver ticket={ticket} />
        <QuoteButton
          onQuote={(text) => {
            const { mode } = draft;
            change((before) => ({ [mode]: `${before[mode].trimEnd()}\n\n${text}\n\n`.trimStart() }));
            writing.field.current?.focus();
          }}
        />
        <TimelineView
          ticket={ticket.id}
          story={story}
          outgoing={outgoing}
          showHistory={showHistory || kind !== undefined}
          onEdit={writing.edit}
          onAskAgain={(text) => setAsking({ text })}
          lead={
            kind ? (
              <Suspense fallback={<Skeleton className="h-64 w-full" />}>
                <kind.Decision key={ticket.id} ticket={ticket} />
              </Suspense>
            ) : undefined
          }
        />
        <div className="mx-auto flex w-full max-w-4xl flex-col gap-2 px-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] md:px-6 md:pb-5">
          {writing.both ? <BothTexts onSeen={writing.seen} /> : null}
          {movedOn.map((entry) => (
            <MovedOn
              key={entry.key}
              entry={entry}
              onAnyway={(each) => void writing.anyway(each)}
              onEdit={writing.edit}
              onDiscard={writing.discard}
            />
          ))}
          <WritingSpace ticket={ticket.id} note={draft.mode === "note"} empty={draft.reply.trim() === ""}>
            <Composer
              ticket={ticket}
              writing={writing}
              messages={story.said}
              canComplete={actions.can("complete") && ticket.phase !== "done"}
              canPostpone={actions.can("postpone") && ticket.phase !== "done"}
              onLeave={focusHome}
            />
          </WritingSpace>
          {narrow ? bar : null}
        </div>
      </div>
      {wide && showDetails ? (
        <>
          <ResizeHandle label={t("details")} panel="after" {...panel.handle} />
          <aside
            aria-label={t("details")}
            className="shrink-0 overflow-y-auto px-5 py-5"
            style={{ width: panel.size }}
          >
            {details}
          </aside>
        </>
      ) : null}
      <Sheet title={t("details")} closeLabel={t("close")} open={sheet && !wide} onOpenChange={setSheet}>
        {details}
      </Sheet>
      <Together ticket={ticket} />
      <Confirming ticket={ticket} open={asking} setOpen={setAsking} />
      {menu === "merge" ? <MergeDialog ticket={ticket} onClose={() => setMenu(undefined)} /> : null}
      <TransferDialog
        ticket={ticket}
        open={menu === "transfer"}
        onOpenChange={(open) => setMenu(open ? "transfer" : undefined)}
        onTransfer={(to, note) => void actions.transfer(to, note)}
      />
    </div>
  );
}

/** The ticket in hand. One that is missing and one that may not be seen look the same. */
export function TicketView(props: TicketViewProps) {
  const t = useT();
  const { ticket, error, isPending, isFetching, refetch } = useTicket(props.id);
  const missing = isRefusal(error, "not_found") || isRefusal(error, "invalid_request");
  const leading = useLanding(ticket);
  usePageTitle(ticket ? `${t("number", { number: ticket.number })}: ${ticket.subject}` : "", true);
  return (
    <section
      data-testid="ticket-view"
      aria-label={ticket ? `${t("number", { number: ticket.number })}: ${ticket.subject}` : t("region")}
      className="flex h-full min-h-0 flex-col"
    >
      {isPending || leading ? <HeaderSkeleton /> : null}
      {missing ? <Missing onBack={props.onBack} /> : null}
      {error && !ticket && !missing ? (
        <ErrorState
          title={t("error.title")}
          text={errorMessage(error)}
          detail={requestIdOf(error)}
          retryLabel={t("retry")}
          onRetry={() => void refetch()}
          retrying={isFetching}
        />
      ) : null}
      {ticket && !missing && !leading ? <OpenTicket key={ticket.id} {...props} ticket={ticket} /> : null}
    </section>
  );
}
