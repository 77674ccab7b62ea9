import { ChannelGlyph } from "../channels/channel-glyph.tsx";
import { kindOf } from "./kinds.ts";

type Props = { ticket: { kind: string; channelType: string | null }; className?: string };

/** A small picture of what a ticket is: of its kind, where the kind has one, else of the channel it came by. */
export function TicketGlyph({ ticket, className }: Props) {
  const Icon = kindOf(ticket.kind)?.icon;
  if (!Icon) return <ChannelGlyph type={ticket.channelType} {...(className && { className })} />;
  return (
    <span aria-hidden="true" className="contents">
      <Icon {...(className && { className })} />
    </span>
  );
}
