import type { AskedConfirmation, Confirmation } from "@okno/contract";
import { toast } from "@okno/ui";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { api } from "../../shared/api/client.ts";
import { errorMessage } from "../../shared/api/error-message.ts";
import { queryClient } from "../../shared/api/query-client.ts";
import { useLiveEvents, useResync } from "../../shared/live/live.ts";
import { tr } from "./confirmation-messages.ts";

function confirmationsQuery(ticket: string) {
  return queryOptions({
    queryKey: ["ticket", ticket, "confirmations"],
    queryFn: async ({ signal }): Promise<Confirmation[]> =>
      (await api.confirmations.list({ params: { id: ticket }, signal })).data,
  });
}

const none: Confirmation[] = [];

/** What was asked to be confirmed in a ticket. */
export function useConfirmations(ticket: string): readonly Confirmation[] {
  return useQuery(confirmationsQuery(ticket)).data ?? none;
}

const again = (ticket: string) =>
  void queryClient.invalidateQueries({ queryKey: confirmationsQuery(ticket).queryKey });

function put(ticket: string, changed: Confirmation): void {
  queryClient.setQueryData<Confirmation[]>(confirmationsQuery(ticket).queryKey, (all) =>
    all?.some(({ id }) => id === changed.id)
      ? all.map((each) => (each.id === changed.id ? changed : each))
      : [changed, ...(all ?? [])],
  );
}

export type Asking = {
  text: string;
  method: "link" | "code" | "approval";
  expiresInMinutes: number;
  needed: number;
  secondFactor: boolean;
};

/** @throws what the server refuses, for the form to say. */
export async function ask(ticket: string, { text, method, ...rest }: Asking): Promise<AskedConfirmation> {
  const { expiresInMinutes, needed, secondFactor } = rest;
  const asked = await api.confirmations.ask({
    params: { id: ticket },
    body: {
      method,
      text,
      expiresInMinutes,
      ...(method === "approval" && { needed }),
      ...(method === "link" && { secondFactor }),
    },
  });
  put(ticket, asked.confirmation);
  // What it took the place of.
  again(ticket);
  return asked;
}

type Answer = { answer: "confirm" | "refuse"; reason?: string; code?: string };

/** Answers and taking back; what is refused is said, and the card shows how it stands. */
export function useConfirmationActions(ticket: string, { id, subject }: Confirmation) {
  const complain = (error: unknown) => {
    toast({ title: tr("failed", { why: errorMessage(error) }), tone: "late" });
    again(ticket);
  };
  return {
    async answer(body: Answer): Promise<"wrong_code" | "done" | "failed"> {
      try {
        const call = { params: { id }, body: { ...body, subjectVersion: subject.version } };
        const { outcome, confirmation } = await api.confirmations.answer(call);
        put(ticket, confirmation);
        return outcome === "wrong_code" ? "wrong_code" : "done";
      } catch (error) {
        complain(error);
        return "failed";
      }
    },
    async revoke(): Promise<void> {
      try {
        put(ticket, await api.confirmations.revoke({ params: { id } }));
        toast({ title: tr("revoked") });
      } catch (error) {
        complain(error);
      }
    },
  };
}

/** Keeps the cards equal to the server while the ticket is open. */
export function useConfirmationsLive(ticket: string): void {
  useLiveEvents((event) => {
    if (event.ticket === ticket && /^(?:confirmation\.|ticket\.(?:un)?merged)/u.test(event.type))
      again(ticket);
  });
  useResync(() => again(ticket));
}
