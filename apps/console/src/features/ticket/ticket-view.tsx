import type { Ticket } from "@okno/contract";
import { EmptyState, ErrorState, ResizeHandle, Sheet, Skeleton, toast, usePanelSize } from "@okno/ui";
import { useRef, useState } from "react";
import { errorMessage, isRefusal, requestIdOf } from "../../shared/api/error-message.ts";
import { useShortcuts } from "../../shared/keys/use-shortcuts.ts";
import { useKept } from "../../shared/layout/use-kept.ts";
import { useNarrow, useWide } from "../../shared/layout/use-media.ts";
import { useMe } from "../../shared/session/session.ts";
import { useTicket } from "../../shared/tickets/queries.ts";
import { ActionBar, type OpenMenu } from "./action-bar.tsx";
import { Composer } from "./composer.tsx";
import { Details } from "./details.tsx";
import type { Mode } from "./drafts.ts";
import { useTicketLive } from "./live.ts";
import { useT } from "./messages.ts";
import { MovedOn } from "./moved-on.tsx";
import { type Outgoing, send, takeBack, useOutbox } from "./outbox.ts";
import { TicketHeader } from "./ticket-header.tsx";
import { TimelineView } from "./timeline-view.tsx";
import { TransferDialog } from "./transfer-dialog.tsx";
import { useActions } from "./use-actions.ts";
import { useDraft } from "./use-draft.ts";
import { useTimeline } from "./use-timeline.ts";

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
  useShortcuts({ esc: onBack });
  return <EmptyState title={t("missing.title")} text={t("missing.text")} />;
}

function useWriting(ticket: Ticket, complete: () => void) {
  const me = useMe();
  const outgoing = useOutbox(ticket.id);
  const { draft, change } = useDraft(me.member.id, ticket.id);
  const field = useRef<HTMLTextAreaElement>(null);
  const write = (mode: Mode) => {
    change({ mode });
    field.current?.focus();
  };
  const submit = async (thenComplete: boolean) => {
    const { mode } = draft;
    const entry: Outgoing = {
      key: crypto.randomUUID(),
      ticket: ticket.id,
      body: draft[mode].trim(),
      visibility: mode === "note" ? "internal" : "public",
      attachments: draft.attachments,
      seenSeq: ticket.messageSeq,
      at: new Date().toISOString(),
      state: "sending",
    };
    change({ [mode]: "", attachments: [] });
    if ((await send(entry)) && thenComplete) complete();
  };
  /** Back from the outbox into the field, before whatever has been begun since. */
  const edit = (entry: Outgoing) => {
    const mode = entry.visibility === "internal" ? "note" : "reply";
    takeBack(entry);
    change((before) => ({
      mode,
      [mode]: before[mode].trim() ? `${entry.body}\n\n${before[mode]}` : entry.body,
      attachments: [...entry.attachments, ...before.attachments],
    }));
    field.current?.focus();
  };
  return { outgoing, draft, change, field, write, submit, edit };
}

function OpenTicket({ ticket, onBack, onLeave, onReturn }: TicketViewProps & { ticket: Ticket }) {
  const t = useT();
  const narrow = useNarrow();
  const wide = useWide();
  const [menu, setMenu] = useState<OpenMenu>();
  const [showHistory, setShowHistory] = useKept("okno.history", false);
  const [showDetails, setShowDetails] = useKept("okno.details", true);
  const [sheet, setSheet] = useState(false);
  const panel = usePanelSize({ storageKey: "okno.details.width", initial: 300, min: 260, max: 420 });
  const actions = useActions(ticket, { onLeave, onReturn });
  const story = useTimeline(ticket.id);
  const writing = useWriting(ticket, () => void actions.complete());
  const { outgoing, draft, change, field, write } = writing;
  const movedOn = outgoing.filter((entry) => entry.state === "moved_on");
  const allowed = (name: Ticket["actions"][number], run: () => void) => (actions.can(name) ? run : undefined);

  useTicketLive(ticket.id, ticket.contact?.id);
  useShortcuts({
    c: ticket.assignee ? undefined : allowed("claim", () => void actions.claim()),
    e: ticket.phase === "done" ? undefined : allowed("complete", () => void actions.complete()),
    h: allowed("postpone", () => setMenu("postpone")),
    a: allowed("assign", () => setMenu("assign")),
    l: allowed("set", () => setMenu("tags")),
    t: allowed("transfer", () => setMenu("transfer")),
    r: () => write("reply"),
    n: () => write("note"),
    esc: onBack,
  });
  const copyLink = async () => {
    await navigator.clipboard.writeText(new URL(`/tickets/${ticket.id}`, window.location.href).href);
    toast({ title: t("copied") });
  };
  const bar = (
    <ActionBar
      ticket={ticket}
      actions={actions}
      open={menu}
      setOpen={setMenu}
      onCopyLink={() => void copyLink()}
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
          onDetails={() => (wide ? setShowDetails(!showDetails) : setSheet(true))}
          bar={narrow ? null : bar}
        />
        <TimelineView story={story} outgoing={outgoing} showHistory={showHistory} onEdit={writing.edit} />
        <div className="mx-auto flex w-full max-w-4xl flex-col gap-2 px-3 pb-3 md:px-6 md:pb-5">
          {movedOn.map((entry) => (
            <MovedOn key={entry.key} entry={entry} onEdit={writing.edit} />
          ))}
          <Composer
            draft={draft}
            change={change}
            customer={ticket.contact?.name ?? undefined}
            canComplete={actions.can("complete") && ticket.phase !== "done"}
            field={field}
            onSend={(complete) => void writing.submit(complete)}
            onLeave={() => field.current?.blur()}
          />
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
  return (
    <section
      data-testid="ticket-view"
      aria-label={ticket ? `${t("number", { number: ticket.number })}: ${ticket.subject}` : t("region")}
      className="flex h-full min-h-0 flex-col"
    >
      {isPending ? <HeaderSkeleton /> : null}
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
      {ticket && !missing ? <OpenTicket key={ticket.id} {...props} ticket={ticket} /> : null}
    </section>
  );
}
