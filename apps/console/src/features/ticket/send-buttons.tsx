import type { ThenAct } from "@okno/contract";
import { Button, DropdownItem, DropdownLabel, DropdownMenu, DropdownSeparator, IconButton } from "@okno/ui";
import { ChevronDown } from "lucide-react";
import type { Mode } from "../../shared/drafts/draft-text.ts";
import { useLocale } from "../../shared/i18n/i18n.ts";
import { useMedia } from "../../shared/layout/use-media.ts";
import { postponeTimes } from "../../shared/tickets/postpone-times.ts";
import { useComposeT } from "./compose-messages.ts";
import { useT } from "./messages.ts";

export const sendKeys = {
  send: "mod+enter",
  complete: "mod+shift+enter",
  postpone: "mod+alt+enter",
} as const;

type Props = {
  mode: Mode;
  /** There is somebody whose reply can be waited for. */
  reply: boolean;
  disabled: boolean;
  canComplete: boolean;
  canPostpone: boolean;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onSend: (andThen?: ThenAct) => void;
  onSignature: () => void;
};

function Postpone({ onSend, reply }: Pick<Props, "onSend" | "reply">) {
  const t = useT();
  const compose = useComposeT();
  const locale = useLocale();
  const hint = (date: Date) => {
    const sameDay = date.toDateString() === new Date().toDateString();
    const far = date.getTime() - Date.now() > 6 * 86_400_000;
    const day = sameDay
      ? {}
      : far
        ? ({ day: "numeric", month: "short" } as const)
        : ({ weekday: "short" } as const);
    return new Intl.DateTimeFormat(locale, { ...day, hour: "2-digit", minute: "2-digit" }).format(date);
  };
  return (
    <>
      <DropdownSeparator />
      <DropdownLabel>{compose("send.postpone")}</DropdownLabel>
      {postponeTimes(new Date()).map(({ id, date }) => (
        <DropdownItem
          key={id}
          hint={hint(date)}
          onSelect={() => onSend({ action: "postpone", until: date.toISOString() })}
        >
          {t(`postpone.${id}`)}
        </DropdownItem>
      ))}
      {reply ? (
        <DropdownItem onSelect={() => onSend({ action: "postpone", untilReply: true })}>
          {t("postpone.reply")}
        </DropdownItem>
      ) : null}
    </>
  );
}

/** Send, and what may be done with the ticket in the same breath. */
export function SendButtons(props: Props) {
  const { mode, reply, disabled, canComplete, canPostpone, open, onOpenChange, onSend, onSignature } = props;
  const compose = useComposeT();
  // Between phone and desktop the keys would push the button onto a line of its own.
  const shortcut = useMedia("(max-width: 62rem)") ? undefined : sendKeys.send;
  const note = mode === "note";
  return (
    <span className="flex">
      <Button
        size="sm"
        shortcut={shortcut}
        disabled={disabled}
        onClick={() => onSend()}
        className="rounded-r-none!"
      >
        {compose(note ? "note.save" : "send")}
      </Button>
      <DropdownMenu
        side="top"
        open={open}
        onOpenChange={onOpenChange}
        trigger={
          <IconButton
            size="sm"
            variant="secondary"
            label={compose("more")}
            icon={<ChevronDown />}
            className="-ml-px rounded-l-none!"
          />
        }
      >
        {canComplete && !disabled ? (
          <DropdownItem shortcut={sendKeys.complete} onSelect={() => onSend({ action: "complete" })}>
            {compose("send.complete")}
          </DropdownItem>
        ) : null}
        {canPostpone && !disabled ? <Postpone onSend={onSend} reply={reply} /> : null}
        {note ? null : (
          <>
            {disabled ? null : <DropdownSeparator />}
            <DropdownItem onSelect={onSignature}>{compose("signature")}</DropdownItem>
          </>
        )}
      </DropdownMenu>
    </span>
  );
}
