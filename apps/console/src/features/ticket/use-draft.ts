import { useEffect, useEffectEvent, useRef, useState } from "react";
import { type Draft, readDraft, writeDraft } from "./drafts.ts";

const saveMs = 300;

/** The draft of one person in one ticket: survives leaving the ticket, the page and the browser. */
export function useDraft(member: string, ticket: string) {
  const [draft, setDraft] = useState<Draft>(() => readDraft(member, ticket));
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const save = useEffectEvent(() => {
    clearTimeout(timer.current);
    writeDraft(member, ticket, draft);
  });
  useEffect(() => {
    timer.current = setTimeout(() => writeDraft(member, ticket, draft), saveMs);
    return () => clearTimeout(timer.current);
  }, [draft, member, ticket]);
  useEffect(() => {
    const now = () => save();
    window.addEventListener("pagehide", now);
    return () => window.removeEventListener("pagehide", now);
  }, []);
  const latest = useRef(draft);
  useEffect(() => {
    latest.current = draft;
  }, [draft]);
  // Leaving the ticket must not wait for the timer.
  useEffect(() => () => writeDraft(member, ticket, latest.current), [member, ticket]);
  const change = (next: Partial<Draft> | ((before: Draft) => Partial<Draft>)) =>
    setDraft((before) => ({ ...before, ...(typeof next === "function" ? next(before) : next) }));
  return { draft, change };
}
