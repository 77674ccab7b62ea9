import type { ThenAct } from "@okno/contract";
import type { RefObject } from "react";
import { useCommands } from "../../shared/keys/use-commands.ts";
import { useComposeT } from "./compose-messages.ts";
import { sendKeys } from "./send-buttons.tsx";

type ComposerCommands = {
  field: RefObject<HTMLTextAreaElement | null>;
  /** Nothing that could be sent. */
  disabled: boolean;
  canComplete: boolean;
  canPostpone: boolean;
  onSend: (andThen?: ThenAct) => void;
  onPostponeMenu: () => void;
  onSignature: () => void;
  onMention: () => void;
};

/** What can be done with what is being written. The keys that send work where it is written, and nowhere else. */
export function useComposerCommands(input: ComposerCommands): void {
  const { field, disabled, canComplete, canPostpone, onSend } = input;
  const t = useComposeT();
  const here = (run: () => void) => (event?: KeyboardEvent) => {
    if (event && document.activeElement !== field.current) return false;
    run();
    return true;
  };
  useCommands([
    {
      id: "compose.send",
      title: t("send"),
      group: "compose",
      keys: sendKeys.send,
      enabled: !disabled,
      run: here(() => onSend()),
    },
    {
      id: "compose.send-complete",
      title: t("send.complete"),
      group: "compose",
      keys: sendKeys.complete,
      enabled: !disabled && canComplete,
      run: here(() => onSend({ action: "complete" })),
    },
    {
      id: "compose.send-postpone",
      title: t("send.postpone.menu"),
      group: "compose",
      keys: sendKeys.postpone,
      enabled: !disabled && canPostpone,
      run: here(input.onPostponeMenu),
    },
    { id: "compose.signature", title: t("signature"), group: "compose", run: input.onSignature },
    {
      id: "compose.mention",
      title: t("mention.key"),
      group: "compose",
      keys: "shift+m",
      run: input.onMention,
    },
  ]);
}
