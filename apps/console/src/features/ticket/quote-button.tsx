import { Button } from "@okno/ui";
import { Quote } from "lucide-react";
import { useEffect, useState } from "react";
import { useCommands } from "../../shared/keys/use-commands.ts";
import { useComposeT } from "./compose-messages.ts";

type Selected = { text: string; left: number; top: number };

/** What is selected within the messages of the ticket in hand, and where it ends. */
function selectedWords(): Selected | undefined {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return undefined;
  const text = selection.toString().trim();
  const range = selection.getRangeAt(0);
  const node = range.commonAncestorContainer;
  const element = node instanceof Element ? node : node.parentElement;
  const within = element?.closest("[data-testid=message]") ?? element?.querySelector("[data-testid=message]");
  if (text === "" || !within || !element?.closest("[data-testid=ticket-view]")) return undefined;
  if (element.closest("[data-testid=composer]")) return undefined;
  const { left, bottom } = range.getBoundingClientRect();
  return { text, left, top: bottom };
}

/** Every line behind `> `, as letters have it. */
export function quoted(text: string): string {
  return text
    .split("\n")
    .map((line) => (line.trim() === "" ? ">" : `> ${line}`))
    .join("\n");
}

/** Stands below words that are selected in a message: puts them into the answer as a quotation. */
export function QuoteButton({ onQuote }: { onQuote: (text: string) => void }) {
  const t = useComposeT();
  const [selected, setSelected] = useState<Selected>();
  useEffect(() => {
    let due = 0;
    const look = () => {
      cancelAnimationFrame(due);
      due = requestAnimationFrame(() => setSelected(selectedWords()));
    };
    document.addEventListener("selectionchange", look);
    // The words go up and down with the page; the button does not follow, it goes away until they are selected anew.
    const hide = () => setSelected(undefined);
    document.addEventListener("scroll", hide, true);
    return () => {
      cancelAnimationFrame(due);
      document.removeEventListener("selectionchange", look);
      document.removeEventListener("scroll", hide, true);
    };
  }, []);
  const quote = () => {
    const words = selectedWords();
    if (!words) return false;
    onQuote(quoted(words.text));
    document.getSelection()?.removeAllRanges();
    setSelected(undefined);
    return true;
  };
  useCommands([
    {
      id: "compose.quote",
      title: t("quote.key"),
      group: "compose",
      keys: "q",
      enabled: selected !== undefined,
      overrides: true,
      run: quote,
    },
  ]);
  if (!selected) return null;
  return (
    <Button
      size="sm"
      icon={<Quote />}
      shortcut="q"
      onPointerDown={(event) => event.preventDefault()}
      onClick={quote}
      className="fixed z-20 shadow-overlay"
      style={{
        left: Math.min(selected.left, window.innerWidth - 160),
        top: Math.min(selected.top + 6, window.innerHeight - 48),
      }}
    >
      {t("quote")}
    </Button>
  );
}
