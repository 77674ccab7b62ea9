import { Button, toast } from "@okno/ui";
import { useEffect, useState } from "react";
import { errorMessage } from "../../shared/api/error-message.ts";
import { useMe } from "../../shared/session/session.ts";
import { useT } from "./messages.ts";
import { type PushState, pushState, startPush, stopPush } from "./push.ts";

/** Push to this very browser: on, off, or why not. */
export function PushPart() {
  const t = useT();
  const { member } = useMe();
  const [state, setState] = useState<PushState>();
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    void pushState(member.id).then(setState);
  }, [member.id]);
  const change = async (act: (member: string) => Promise<PushState>) => {
    setBusy(true);
    try {
      setState(await act(member.id));
    } catch (error) {
      // What a browser refuses with is for programmers: that it did, and where it happens, is for people.
      const text = error instanceof DOMException ? t("push.refused") : errorMessage(error);
      toast({ title: t("push.failed"), text, tone: "late" });
    }
    setBusy(false);
  };
  if (state === undefined) return null;
  if (state === "none") return <p className="text-14 text-text-2">{t("push.none")}</p>;
  if (state === "denied") return <p className="text-14 text-text-2">{t("browser.denied")}</p>;
  return state === "on" ? (
    <div className="flex flex-wrap items-center gap-4">
      <p className="text-14 text-good">{t("push.on")}</p>
      <Button size="sm" busy={busy} onClick={() => void change(stopPush)}>
        {t("push.stop")}
      </Button>
    </div>
  ) : (
    <Button busy={busy} onClick={() => void change(startPush)}>
      {t("push.start")}
    </Button>
  );
}
