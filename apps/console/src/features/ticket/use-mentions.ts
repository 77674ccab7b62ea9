import type { Mention } from "@okno/contract";
import { type KeyboardEvent, type RefObject, useMemo, useState } from "react";
import { assignable, useMembers, useTeams } from "../../shared/directory/directory.ts";
import { type MentionQuery, matching, mentionQuery, withMention } from "./mention-query.ts";

type Naming = {
  project: string;
  /** Only a note names colleagues. */
  enabled: boolean;
  text: string;
  field: RefObject<HTMLTextAreaElement | null>;
  onText: (text: string, mention: Mention) => void;
};

/** The list that opens behind `@`: typed on, it narrows; arrows and Enter choose, Escape leaves the text as it is. */
export function useMentions({ project, enabled, text, field, onText }: Naming) {
  const members = useMembers();
  const teams = useTeams();
  const [typed, setTyped] = useState<MentionQuery>();
  const [active, setActive] = useState(0);
  const all = useMemo((): Mention[] => {
    const ours = teams.filter((team) => team.project === project);
    return [
      ...assignable(members, project).map(({ id, name }) => ({ kind: "member" as const, id, name })),
      ...ours.map(({ id, name }) => ({ kind: "team" as const, id, name })),
    ];
  }, [members, teams, project]);
  const shown = enabled && typed ? matching(all, typed.query) : [];
  const open = shown.length > 0;
  const current = Math.min(active, shown.length - 1);

  /** The caret has moved, or something was typed. */
  const look = () => {
    const element = field.current;
    const collapsed = element && element.selectionStart === element.selectionEnd;
    const next = enabled && collapsed ? mentionQuery(element.value, element.selectionStart) : undefined;
    if (next?.from !== typed?.from || next?.query !== typed?.query) setActive(0);
    setTyped(next);
  };
  const close = () => setTyped(undefined);
  const choose = (mention: Mention | undefined) => {
    if (!mention || !typed) return;
    const next = withMention(text, typed, mention.name);
    close();
    onText(next.text, mention);
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(next.caret, next.caret);
    });
  };
  /** Answers true where the key belonged to the list. */
  const onKeyDown = (event: KeyboardEvent): boolean => {
    if (!open || event.nativeEvent.isComposing || event.ctrlKey || event.metaKey) return false;
    if (event.key === "ArrowDown") setActive((current + 1) % shown.length);
    else if (event.key === "ArrowUp") setActive((current + shown.length - 1) % shown.length);
    else if (event.key === "Enter" || event.key === "Tab") choose(shown[current]);
    else if (event.key === "Escape") close();
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  return { open, shown, current, look, close, choose, onKeyDown };
}
