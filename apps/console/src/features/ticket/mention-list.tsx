import type { Mention } from "@okno/contract";
import { Avatar, cx, VisuallyHidden } from "@okno/ui";
import { UsersRound } from "lucide-react";
import { useComposeT } from "./compose-messages.ts";

type Props = {
  id: string;
  shown: readonly Mention[];
  current: number;
  onChoose: (mention: Mention) => void;
};

export const mentionOption = (list: string, index: number) => `${list}-${index}`;

/** Whom `@` may mean. The focus stays in the text. */
export function MentionList({ id, shown, current, onChoose }: Props) {
  const t = useComposeT();
  return (
    <>
      <div
        id={id}
        role="listbox"
        aria-label={t("mention.list")}
        className="absolute bottom-full left-2 z-10 mb-1 flex w-72 max-w-[calc(100%-1rem)] flex-col rounded-panel border bg-overlay p-1 shadow-overlay"
      >
        {shown.map((mention, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the text field's, which keeps the focus
          <div
            key={mention.id}
            id={mentionOption(id, index)}
            role="option"
            tabIndex={-1}
            aria-selected={index === current}
            // The text must not lose the focus to the list.
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => onChoose(mention)}
            className={cx(
              "flex min-h-8 items-center gap-2 rounded-control px-2 text-14 pointer-coarse:min-h-control",
              index === current ? "bg-hover" : "",
            )}
          >
            {mention.kind === "team" ? (
              <span className="grid size-5 shrink-0 place-items-center text-text-3">
                <UsersRound aria-hidden="true" className="size-4" />
              </span>
            ) : (
              <Avatar size="sm" name={mention.name} seed={mention.id} decorative />
            )}
            <bdi className="min-w-0 flex-1 truncate">{mention.name}</bdi>
            {mention.kind === "team" ? (
              <span className="shrink-0 text-12 text-text-3">{t("mention.team")}</span>
            ) : null}
          </div>
        ))}
      </div>
      <VisuallyHidden>
        <div role="status">{t("mention.found", { count: shown.length })}</div>
      </VisuallyHidden>
    </>
  );
}
