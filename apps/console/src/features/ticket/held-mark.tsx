import type { Message } from "@okno/contract";
import { Button } from "@okno/ui";
import { Clock, Undo2 } from "lucide-react";
import { useEffect, useState } from "react";
import { useMe } from "../../shared/session/session.ts";
import { useComposeT } from "./compose-messages.ts";
import { undoSend } from "./undo-send.ts";

function useSecondsUntil(instant: string): number {
  const left = () => Math.max(0, Math.ceil((Date.parse(instant) - Date.now()) / 1000));
  const [seconds, setSeconds] = useState(left);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `left` reads the instant alone
  useEffect(() => {
    const timer = setInterval(() => setSeconds(left()), 500);
    return () => clearInterval(timer);
  }, [instant]);
  return seconds;
}

/** A reply that the customer does not see yet: colleagues are told so, its author may take it back. */
export function HeldMark({ message, until }: { message: Message; until: string }) {
  const t = useComposeT();
  const { member } = useMe();
  const [busy, setBusy] = useState(false);
  const seconds = useSecondsUntil(until);
  const mine = message.author.kind === "member" && message.author.id === member.id;
  const undo = async () => {
    setBusy(true);
    if (!(await undoSend(message))) setBusy(false);
  };
  return (
    <span
      data-testid="held"
      className="inline-flex flex-wrap items-center gap-2 text-12 text-text-3 tabular-nums"
    >
      <span className="inline-flex items-center gap-1 [&_svg]:size-3.5">
        <Clock aria-hidden="true" />
        {seconds > 0 ? t("held.in", { seconds }) : t("held.now")}
      </span>
      {mine && seconds > 0 ? (
        <Button size="sm" variant="ghost" icon={<Undo2 />} busy={busy} onClick={() => void undo()}>
          {t("held.undo")}
        </Button>
      ) : null}
    </span>
  );
}
