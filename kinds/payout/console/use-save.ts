import { toast } from "@okno/ui";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { host } from "./host.ts";
import { payoutsKey } from "./queries.ts";

type Options<I, O> = {
  /** Said when it is done. */
  done?: string;
  onSaved?: (answer: O, input: I) => void;
  /** Where there is no form to show a failure in. */
  sayFailure?: boolean;
};

/** A change on the server. Nothing is shown before it has answered: money is never guessed. */
export function useSave<I, O>(
  save: (input: I) => Promise<O>,
  { done, onSaved, sayFailure = false }: Options<I, O> = {},
) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: save,
    onSuccess: (answer, input) => {
      void client.invalidateQueries({ queryKey: payoutsKey });
      if (done) toast({ title: done, tone: "good" });
      onSaved?.(answer, input);
    },
    onError: (error) => {
      void client.invalidateQueries({ queryKey: payoutsKey });
      if (sayFailure) toast({ title: host.errorMessage(error), tone: "late" });
    },
  });
}

/** One key for as long as a dialog stands: pressing twice, or again after a broken line, does it once. */
export function useOnceKey(): string {
  const [key] = useState(() => crypto.randomUUID());
  return key;
}

/** One key for each thing that is sent: the same again is done once, another is another. */
export function useKeyFor(): (body: unknown) => string {
  const [keys] = useState(() => new Map<string, string>());
  return (body) => {
    const text = JSON.stringify(body);
    const known = keys.get(text) ?? crypto.randomUUID();
    keys.set(text, known);
    return known;
  };
}
