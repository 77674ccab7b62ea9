import { toast } from "@okno/ui";
import { useMutation } from "@tanstack/react-query";
import { api } from "../api/client.ts";
import { errorMessage } from "../api/error-message.ts";
import { useT } from "./messages.ts";
import { forgetContacts, keepCard } from "./queries.ts";

/** Takes a merged card apart again. */
export function useUnmerge() {
  const t = useT();
  return useMutation({
    mutationFn: (contact: string) => api.contacts.unmerge({ params: { id: contact } }),
    onSuccess: () => {
      forgetContacts();
      toast({ title: t("merged.undone"), tone: "good" });
    },
    onError: (error) => toast({ title: errorMessage(error), tone: "late" }),
  });
}

/** Makes one card of two; the toast takes it back. */
export function useMerge(onDone?: (survivor: string) => void) {
  const t = useT();
  const unmerge = useUnmerge();
  return useMutation({
    mutationFn: ({ from, into }: { from: string; into: string }) =>
      api.contacts.merge({ params: { id: from }, body: { into } }),
    onSuccess: (card, { from }) => {
      keepCard(card, card.id);
      forgetContacts();
      toast({
        title: t("merge.done"),
        tone: "good",
        action: { label: t("undo"), shortcut: "z", onAction: () => unmerge.mutate(from) },
      });
      onDone?.(card.id);
    },
    onError: (error) => toast({ title: t("merge.failed", { why: errorMessage(error) }), tone: "late" }),
  });
}
