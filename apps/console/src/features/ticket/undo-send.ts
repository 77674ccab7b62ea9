import type { Message, ThenAct } from "@okno/contract";
import { toast } from "@okno/ui";
import { announce } from "../../shared/announce/announce.ts";
import { api } from "../../shared/api/client.ts";
import { errorMessage, isRefusal } from "../../shared/api/error-message.ts";
import { queryClient } from "../../shared/api/query-client.ts";
import { begunKey } from "../../shared/drafts/begun-drafts.ts";
import { takeDraft } from "../../shared/drafts/draft-store.ts";
import { factsOf, learn } from "../../shared/tickets/known.ts";
import { withoutEntry } from "../../shared/tickets/merge-pages.ts";
import { changeKnown, messagesQuery, type Pages, ticketQuery } from "../../shared/tickets/queries.ts";
import { refreshTimeline } from "../../shared/tickets/refresh.ts";
import { trCompose } from "./compose-messages.ts";
import { tr } from "./messages.ts";

/** A message that was taken back is not shown any more. */
export function removeMessage(ticket: string, message: string): void {
  const { queryKey } = messagesQuery(ticket);
  queryClient.setQueryData<Pages<Message>>(queryKey, (pages) => withoutEntry(pages, message));
}

/** Takes a reply back while it is held: its text and files are the draft again. Answers whether it was in time. */
export async function undoSend({ id, ticket }: Pick<Message, "id" | "ticket">): Promise<boolean> {
  try {
    const { draft } = await api.messages.withdraw({ params: { id: ticket, message: id } });
    if (draft) takeDraft(draft.ticket, draft);
    toast({ title: trCompose("undone") });
  } catch (error) {
    const late = isRefusal(error, "already_sent") || isRefusal(error, "not_found");
    toast({ title: late ? trCompose("undo.late") : errorMessage(error), tone: "late" });
    return false;
  }
  removeMessage(ticket, id);
  void queryClient.invalidateQueries({ queryKey: begunKey });
  const facts = await queryClient.fetchQuery({ ...ticketQuery(ticket), staleTime: 0 }).catch(() => undefined);
  if (facts) changeKnown((known) => learn(known, factsOf(facts), true));
  await refreshTimeline(ticket);
  return true;
}

const titles = { complete: "held.complete", postpone: "held.postpone" } as const;

/** Offers to take a reply back for as long as that is possible. */
export function offerUndo(message: Message, andThen: ThenAct | undefined, onUndo: () => void): void {
  if (!message.heldUntil) {
    if (message.visibility === "public") announce(tr("status.sent"));
    return;
  }
  const durationMs = Date.parse(message.heldUntil) - Date.parse(message.createdAt);
  toast({
    title: trCompose(andThen ? titles[andThen.action] : "held"),
    durationMs,
    action: { label: trCompose("undo"), shortcut: "z", onAction: onUndo },
  });
}
