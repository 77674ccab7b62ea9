import type { Message } from "@okno/contract";
import { DropdownItem, DropdownMenu, IconButton } from "@okno/ui";
import { Ellipsis, Split } from "lucide-react";
import { useState } from "react";
import { useTicket } from "../../shared/tickets/queries.ts";
import { useT } from "./merging-messages.ts";
import { SplitDialog } from "./split-dialog.tsx";

/** What can be done with one message. Out of sight until the pointer or the focus comes near; always there on touch screens. */
export function MessageMenu({ message }: { message: Message }) {
  const t = useT();
  const { ticket } = useTicket(message.ticket);
  const [splitting, setSplitting] = useState(false);
  if (!ticket) return null;
  return (
    <>
      <span className="opacity-0 focus-within:opacity-100 group-hover/message:opacity-100 has-data-[state=open]:opacity-100 pointer-coarse:opacity-100">
        <DropdownMenu
          align="end"
          trigger={<IconButton size="sm" label={t("message.actions")} icon={<Ellipsis />} />}
        >
          <DropdownItem icon={<Split />} onSelect={() => setSplitting(true)}>
            {t("split.key")}
          </DropdownItem>
        </DropdownMenu>
      </span>
      {splitting ? (
        <SplitDialog ticket={ticket} message={message} onClose={() => setSplitting(false)} />
      ) : null}
    </>
  );
}
