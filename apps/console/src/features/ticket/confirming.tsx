import type { Ticket } from "@okno/contract";
import { useCommands } from "../../shared/keys/use-commands.ts";
import { kindOf } from "../../shared/kinds/kinds.ts";
import { AskDialog } from "./ask-dialog.tsx";
import { useT } from "./confirmation-messages.ts";
import { useConfirmationsLive } from "./confirmations.ts";

/** Asking, by the text to begin with; false while nobody asks. */
export type AskingOpen = { text?: string } | false;

/** A kind that decides for itself brings its own questions. */
export const mayAsk = ({ kind, mergedInto }: Pick<Ticket, "kind" | "mergedInto">): boolean =>
  mergedInto === null && kindOf(kind) === undefined;

type Props = { ticket: Ticket; open: AskingOpen; setOpen: (open: AskingOpen) => void };

/** Asking for a confirmation by key and palette, and the dialog that opens. */
export function Confirming({ ticket, open, setOpen }: Props) {
  const t = useT();
  useConfirmationsLive(ticket.id);
  useCommands([
    {
      id: "ticket.confirm",
      title: t("key"),
      group: "ticket",
      keys: "y",
      enabled: mayAsk(ticket),
      run: () => setOpen({}),
    },
  ]);
  if (!open) return null;
  return <AskDialog ticket={ticket} text={open.text} onClose={() => setOpen(false)} />;
}
