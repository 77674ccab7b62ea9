import type { Preferences } from "@okno/contract";
import { toast } from "@okno/ui";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "../api/client.ts";
import { errorMessage } from "../api/error-message.ts";
import { applyPreferences } from "../preferences/preferences.ts";
import { meQuery, useMe } from "./session.ts";

/** Language, theme and density of the signed-in person: applied at once, kept on the server, put back if it refuses. */
export function usePreferences(): { preferences: Preferences; change: (next: Partial<Preferences>) => void } {
  const me = useMe();
  const client = useQueryClient();
  const { mutate } = useMutation({
    mutationFn: (next: Partial<Preferences>) => api.session.updateMe({ body: next }),
    onMutate: (next) => {
      applyPreferences(next);
      client.setQueryData(meQuery.queryKey, { ...me, preferences: { ...me.preferences, ...next } });
      return me;
    },
    onSuccess: (answer) => client.setQueryData(meQuery.queryKey, answer),
    onError: (error, _, before) => {
      applyPreferences((before ?? me).preferences);
      client.setQueryData(meQuery.queryKey, before ?? me);
      toast({ title: errorMessage(error), tone: "late" });
    },
  });
  return { preferences: me.preferences, change: mutate };
}
