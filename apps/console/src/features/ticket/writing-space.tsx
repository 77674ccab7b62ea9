import { type FormEvent, type ReactNode, useEffect } from "react";
import { stoppedTyping, typed, useBeingAt } from "../../shared/presence/announce.ts";
import { WritingNotice } from "../../shared/presence/writing-notice.tsx";

type Props = {
  ticket: string;
  /** What is written is for colleagues only: nobody is told of it. */
  note: boolean;
  /** Nothing is written now. */
  empty: boolean;
  children: ReactNode;
};

/** Around the field where one writes: tells colleagues that the ticket is looked at and replied to, and shows who else does so. */
export function WritingSpace({ ticket, note, empty, children }: Props) {
  useBeingAt(ticket);
  useEffect(() => {
    if (empty || note) stoppedTyping();
  }, [empty, note]);
  const onInput = (event: FormEvent) => {
    if (!note && event.target instanceof HTMLTextAreaElement && event.target.value.trim() !== "") typed();
  };
  return (
    <div className="relative" onInput={onInput}>
      <WritingNotice ticket={ticket} />
      {children}
    </div>
  );
}
