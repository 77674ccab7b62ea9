import type { Ticket } from "@okno/contract";
import type { Mode } from "../../shared/drafts/draft-text.ts";
import { focusHome } from "../../shared/keys/keep-focus.ts";
import { type Command, useCommands } from "../../shared/keys/use-commands.ts";
import type { OpenMenu } from "./action-bar.tsx";
import { canMerge } from "./merging.ts";
import { useT as useMergingT } from "./merging-messages.ts";
import { useT } from "./messages.ts";
import type { TicketActions } from "./use-actions.ts";
import { notesOnly } from "./use-writing.ts";

export type TicketCommands = {
  ticket: Ticket;
  actions: TicketActions;
  open: (menu: OpenMenu) => void;
  write: (mode: Mode) => void;
  onBack: () => void;
  onCopyLink: () => void;
  onHistory: () => void;
  onDetails: () => void;
};

const priorities = ["low", "normal", "high", "urgent"] as const;

/** What can be done with the ticket in hand, each while the server allows it. */
export function useTicketCommands(input: TicketCommands): void {
  const { ticket, actions, open, write } = input;
  const t = useT();
  const mergingT = useMergingT();
  const { can } = actions;
  const ofTicket = (id: string, title: string, rest: Omit<Command, "id" | "title" | "group">): Command => ({
    id: `ticket.${id}`,
    title,
    group: "ticket",
    ...rest,
  });
  useCommands([
    ofTicket("claim", t("act.claim"), {
      keys: "c",
      enabled: can("claim") && !ticket.assignee,
      run: () => void actions.claim(),
    }),
    ofTicket("complete", t("act.complete"), {
      keys: "e",
      enabled: can("complete") && ticket.phase !== "done",
      run: () => void actions.complete(),
    }),
    ofTicket("postpone", t("act.postpone"), {
      keys: "h",
      enabled: can("postpone"),
      run: () => open("postpone"),
    }),
    ofTicket("assign", t("act.assign"), { keys: "a", enabled: can("assign"), run: () => open("assign") }),
    ofTicket("release", t("act.release"), {
      enabled: can("assign") && ticket.assignee !== null,
      run: () => void actions.assign(null),
    }),
    ofTicket("merge", mergingT("merge.key"), {
      keys: "m",
      enabled: canMerge(ticket),
      run: () => open("merge"),
    }),
    ofTicket("transfer", t("act.transfer"), {
      keys: "t",
      enabled: can("transfer"),
      run: () => open("transfer"),
    }),
    ofTicket("tags", t("act.tags"), { keys: "l", enabled: can("set"), run: () => open("tags") }),
    ...priorities.map((priority) =>
      ofTicket(`priority.${priority}`, `${t("priority")}: ${t(`priority.${priority}`)}`, {
        enabled: can("set") && ticket.priority !== priority,
        run: () => void actions.set({ priority }),
      }),
    ),
    ofTicket("reopen", t("act.reopen"), {
      keys: "shift+e",
      enabled: can("reopen") && ticket.phase !== "open",
      run: () => void actions.reopen(),
    }),
    ofTicket("copy", t("copy"), { run: input.onCopyLink }),
    ofTicket("history", t("history"), { keys: "shift+h", run: input.onHistory }),
    ofTicket("details", t("details"), { keys: "i", run: input.onDetails }),
    {
      id: "compose.reply",
      title: t("key.reply"),
      group: "compose",
      keys: "r",
      enabled: !notesOnly(ticket),
      run: () => write("reply"),
    },
    { id: "compose.note", title: t("key.note"), group: "compose", keys: "n", run: () => write("note") },
    ofTicket("read", t("key.read"), { keys: ["enter", "o"], run: focusHome }),
    { id: "ticket.back", title: t("back"), group: "list", keys: "esc", run: input.onBack },
  ]);
}
