import type { Ticket } from "@okno/contract";
import { Avatar, Button, cx, DropdownItem, DropdownMenu, IconButton } from "@okno/ui";
import {
  ArrowRightLeft,
  BadgeCheck,
  Check,
  Clock,
  Ellipsis,
  Hand,
  Link2,
  Merge,
  RotateCcw,
  Tags,
  UserRoundPlus,
} from "lucide-react";
import { AssignMenu } from "./assign-menu.tsx";
import { useT as useConfirmationT } from "./confirmation-messages.ts";
import { mayAsk } from "./confirming.tsx";
import { canMerge } from "./merging.ts";
import { useT as useMergingT } from "./merging-messages.ts";
import { useT } from "./messages.ts";
import { PostponeMenu } from "./postpone-menu.tsx";
import { TagsMenu } from "./tag-menus.tsx";
import type { TicketActions } from "./use-actions.ts";
import { notesOnly } from "./use-writing.ts";

/** Which menu is open: the keys open them too. */
export type OpenMenu = "assign" | "postpone" | "tags" | "transfer" | "merge" | undefined;

type Props = {
  ticket: Ticket;
  actions: TicketActions;
  open: OpenMenu;
  setOpen: (open: OpenMenu) => void;
  onCopyLink: () => void;
  /** Ask for a confirmation. */
  onAsk: () => void;
  /** At the bottom edge of a phone: buttons spread over the width. */
  spread: boolean;
};

type MoreProps = Pick<Props, "actions" | "setOpen" | "onCopyLink"> & {
  merges: boolean;
  onAsk: (() => void) | undefined;
};

function More({ actions, setOpen, onCopyLink, merges, onAsk }: MoreProps) {
  const t = useT();
  const mergingT = useMergingT();
  const confirmationT = useConfirmationT();
  return (
    <DropdownMenu trigger={<IconButton label={t("more")} icon={<Ellipsis />} />}>
      {actions.can("transfer") ? (
        <DropdownItem icon={<ArrowRightLeft />} shortcut="t" onSelect={() => setOpen("transfer")}>
          {t("act.transfer")}
        </DropdownItem>
      ) : null}
      {actions.can("assign") ? (
        <DropdownItem icon={<Hand />} onSelect={() => void actions.assign(null)}>
          {t("act.release")}
        </DropdownItem>
      ) : null}
      {onAsk ? (
        <DropdownItem icon={<BadgeCheck />} shortcut="y" onSelect={onAsk}>
          {confirmationT("key")}
        </DropdownItem>
      ) : null}
      {merges ? (
        <DropdownItem icon={<Merge />} shortcut="m" onSelect={() => setOpen("merge")}>
          {mergingT("merge.key")}
        </DropdownItem>
      ) : null}
      <DropdownItem icon={<Link2 />} onSelect={onCopyLink}>
        {t("copy")}
      </DropdownItem>
    </DropdownMenu>
  );
}

/** A phone's width leaves words for one button, and that is "complete". */
function Claim({ actions, spread }: Pick<Props, "actions" | "spread">) {
  const t = useT();
  const claim = () => void actions.claim();
  if (spread) return <IconButton label={t("act.claim")} icon={<Hand />} onClick={claim} />;
  return (
    <Button icon={<Hand />} shortcut="c" onClick={claim}>
      {t("act.claim")}
    </Button>
  );
}

/** Beside "complete" there is no room for its key. */
function Reopen({ actions, ticket, spread }: Pick<Props, "actions" | "ticket" | "spread">) {
  const t = useT();
  const alone = !spread && ticket.phase === "done";
  return (
    <Button
      icon={<RotateCcw />}
      shortcut={alone ? "shift+e" : undefined}
      onClick={() => void actions.reopen()}
    >
      {t("act.reopen")}
    </Button>
  );
}

/** The end of the matter, or its return. */
function Settle({ ticket, actions, spread }: Pick<Props, "ticket" | "actions" | "spread">) {
  const t = useT();
  const { can } = actions;
  return (
    <>
      {can("reopen") && ticket.phase !== "open" ? (
        <Reopen actions={actions} ticket={ticket} spread={spread} />
      ) : null}
      {can("complete") && ticket.phase !== "done" ? (
        <Button
          variant="primary"
          {...(!spread && { shortcut: "e", icon: <Check /> })}
          onClick={() => void actions.complete()}
        >
          {t("act.complete")}
        </Button>
      ) : null}
    </>
  );
}

/** What may be done with the ticket now: drawn from what the server allows. Complete is the one primary button. */
export function ActionBar({ ticket, actions, open, setOpen, onCopyLink, onAsk, spread }: Props) {
  const t = useT();
  const { can } = actions;
  const toggle = (menu: OpenMenu) => (next: boolean) => setOpen(next ? menu : undefined);
  const owner = ticket.assignee;
  return (
    <div
      role="toolbar"
      aria-label={t("actions")}
      className={cx(
        "flex items-center",
        spread ? "gap-0.5 [&>button:last-child]:flex-1 [&>button:last-child]:px-2" : "gap-1.5",
      )}
    >
      {can("claim") && !owner ? <Claim actions={actions} spread={spread} /> : null}
      {can("assign") ? (
        <AssignMenu
          ticket={ticket}
          open={open === "assign"}
          onOpenChange={toggle("assign")}
          onAssign={(to) => void actions.assign(to)}
          onLeaveTeam={() => void actions.leaveTeam()}
          trigger={
            <IconButton
              label={owner ? `${t("act.assign")}: ${owner.name}` : t("act.assign")}
              shortcut="a"
              icon={
                owner ? <Avatar size="sm" name={owner.name} seed={owner.id} decorative /> : <UserRoundPlus />
              }
            />
          }
        />
      ) : null}
      {can("set") ? (
        <TagsMenu
          ticket={ticket}
          actions={actions}
          open={open === "tags"}
          onOpenChange={toggle("tags")}
          trigger={<IconButton label={t("act.tags")} shortcut="l" icon={<Tags />} />}
        />
      ) : null}
      {can("postpone") ? (
        <PostponeMenu
          open={open === "postpone"}
          onOpenChange={toggle("postpone")}
          onUntil={(date) => void actions.postponeUntil(date)}
          onReply={notesOnly(ticket) ? undefined : () => void actions.postponeUntilReply()}
          trigger={<IconButton label={t("act.postpone")} shortcut="h" icon={<Clock />} />}
        />
      ) : null}
      <More
        actions={actions}
        setOpen={setOpen}
        onCopyLink={onCopyLink}
        merges={canMerge(ticket)}
        onAsk={mayAsk(ticket) ? onAsk : undefined}
      />
      <Settle ticket={ticket} actions={actions} spread={spread} />
    </div>
  );
}
