import type { Message, Ticket } from "@okno/contract";
import { useQuery } from "@tanstack/react-query";
import { contactQuery } from "../../shared/tickets/queries.ts";
import { detectLanguage } from "./detect-language.ts";

export type CustomerLanguage = { tag: string; certain: boolean };

const newestWords = 2000;

/** The customer's language: as their contact says; else as their words in this ticket look. */
export function useCustomerLanguage(
  ticket: Pick<Ticket, "id" | "contact">,
  messages: readonly Message[],
): CustomerLanguage | undefined {
  const { data: contact } = useQuery({
    ...contactQuery(ticket.contact?.id ?? ""),
    enabled: ticket.contact !== null,
  });
  const said = messages
    .filter((message) => message.direction === "in")
    .map((message) => message.body)
    .join("\n")
    .slice(0, newestWords);
  const known = contact?.locale ?? undefined;
  const { data: seems } = useQuery({
    queryKey: ["language", said],
    queryFn: async () => (await detectLanguage(said)) ?? null,
    enabled: contact !== undefined && known === undefined && said !== "",
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (known) return { tag: known.split("-")[0] ?? known, certain: true };
  return seems ? { tag: seems, certain: false } : undefined;
}
