import { toast } from "@okno/ui";
import { useNavigate } from "@tanstack/react-router";
import { errorMessage } from "../api/error-message.ts";
import { queryClient } from "../api/query-client.ts";
import { defineMessages } from "../i18n/i18n.ts";
import { forgetAll, handOverAll } from "./leaving.ts";
import { leaveSession } from "./session.ts";

const { useT } = defineMessages("sign-out", {
  ru: {
    failed: "Не получилось выйти: {why}",
    unsaved: "Не всё написанное дошло до сервера",
    "unsaved.text": "После выхода оно исчезнет из этого браузера.",
    anyway: "Всё равно выйти",
  },
  en: {
    failed: "Could not sign out: {why}",
    unsaved: "Not everything you wrote has reached the server",
    "unsaved.text": "It will be gone from this browser once you sign out.",
    anyway: "Sign out anyway",
  },
});

/** Long enough to read and decide. */
const decideMs = 20_000;

/** The way out: first what was written goes to the server and out of this browser; where it cannot, the person decides. */
export function useSignOut(): () => Promise<void> {
  const t = useT();
  const navigate = useNavigate();
  const leave = async () => {
    try {
      await leaveSession();
      forgetAll();
      await navigate({ to: "/sign-in" });
      // Going back shows the sign-in, not what was on the screen.
      queryClient.clear();
    } catch (error) {
      toast({ title: t("failed", { why: errorMessage(error) }), tone: "late" });
    }
  };
  return async () => {
    if (await handOverAll()) return leave();
    toast({
      title: t("unsaved"),
      text: t("unsaved.text"),
      tone: "late",
      durationMs: decideMs,
      action: { label: t("anyway"), onAction: () => void leave() },
    });
  };
}
