import { AtSign, Braces, ClipboardList, MessageCircle, PenLine } from "lucide-react";

const glyphs = { webchat: MessageCircle, form: ClipboardList, api: Braces, email: AtSign } as const;

/** A small picture of where a ticket came from; the channel's name is said beside it or in its title. */
export function ChannelGlyph({ type, className }: { type: string | null; className?: string }) {
  const Glyph = (type !== null && glyphs[type as keyof typeof glyphs]) || PenLine;
  return <Glyph aria-hidden="true" className={className} />;
}
