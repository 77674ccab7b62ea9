import { toast } from "@okno/ui";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { errorMessage } from "../../shared/api/error-message.ts";

type Options<I, O> = {
  /** Queries that the change makes stale. */
  stale: readonly (readonly string[])[];
  /** Said when it is done. */
  done?: string;
  onSaved?: (answer: O, input: I) => void;
  /** Where there is no form to show a failure in. */
  sayFailure?: boolean;
};

/** A change on the server: afterwards what it made stale is fetched again. */
export function useSave<I, O>(
  save: (input: I) => Promise<O>,
  { stale, done, onSaved, sayFailure }: Options<I, O>,
) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: save,
    onSuccess: (answer, input) => {
      for (const queryKey of stale) void client.invalidateQueries({ queryKey });
      if (done) toast({ title: done, tone: "good" });
      onSaved?.(answer, input);
    },
    onError: (error) => {
      if (sayFailure) toast({ title: errorMessage(error), tone: "late" });
    },
  });
}
