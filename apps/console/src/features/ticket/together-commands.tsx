import type { Ticket } from "@okno/contract";
import { toast } from "@okno/ui";
import { useState } from "react";
import { useCommands } from "../../shared/keys/use-commands.ts";
import { LinkDialog } from "./link-dialog.tsx";
import { useFollowers, useLinks, useTogetherLive } from "./together.ts";
import { useT } from "./together-messages.ts";

/** Following and linking by keys and by the palette, wherever the card is; and the dialog that linking opens. */
export function Together({ ticket }: { ticket: Ticket }) {
  const t = useT();
  const { following, toggle } = useFollowers(ticket.id);
  const { link } = useLinks(ticket.id);
  const [linking, setLinking] = useState(false);
  useTogetherLive(ticket.id);
  useCommands([
    {
      id: "ticket.follow",
      title: following ? t("unfollow.key") : t("follow.key"),
      group: "ticket",
      keys: "w",
      run: () => {
        toggle();
        toast({ title: following ? t("unfollowed") : t("followed") });
      },
    },
    {
      id: "ticket.link",
      title: t("link.key"),
      group: "ticket",
      keys: "shift+l",
      run: () => setLinking(true),
    },
  ]);
  return linking ? <LinkDialog ticket={ticket} onClose={() => setLinking(false)} onLink={link} /> : null;
}
