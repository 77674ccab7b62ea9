import { Banner, toast } from "@okno/ui";
import { type ReactNode, useState } from "react";
import { FormDialog } from "../bits.tsx";
import { host } from "../host.ts";
import { useSave } from "../use-save.ts";
import { useT } from "./messages.ts";
import { needsCode, StepUp } from "./step-up.tsx";

type Props<O> = {
  title: string;
  /** What will happen, honestly. */
  text: string;
  submitLabel: string;
  danger?: boolean;
  /** Done, in the reader's words. */
  done: string | ((answer: O) => string);
  send: () => Promise<O>;
  /** False while a field is wrong. */
  check?: () => boolean;
  onClose: () => void;
  children?: ReactNode;
};

/** Asks before money moves, waits for the server, and asks for a code where the server wants one. */
export function ActDialog<O>(props: Props<O>) {
  const { title, text, submitLabel, danger, done, send, check, onClose, children } = props;
  const t = useT();
  const [asked, setAsked] = useState(false);
  const offline = host.useOffline();
  const { mutate, isPending, error } = useSave(send, {
    onSaved: (answer) => {
      toast({ title: typeof done === "string" ? done : done(answer), tone: "good" });
      onClose();
    },
  });
  const changed = host.isRefusal(error, "version_conflict") || host.isRefusal(error, "payout_not_created");
  const wantsCode = needsCode(error) && !isPending && !asked;
  if (wantsCode)
    return (
      <StepUp
        onClose={onClose}
        onProven={() => {
          setAsked(true);
          mutate(undefined);
        }}
      />
    );
  return (
    <FormDialog
      {...(danger && { danger })}
      title={title}
      text={text}
      submitLabel={submitLabel}
      busy={isPending}
      error={changed ? undefined : error}
      onClose={onClose}
      onSubmit={() => {
        if (offline || check?.() === false) return;
        setAsked(false);
        mutate(undefined);
      }}
    >
      {children}
      {changed ? <Banner tone="late">{t("changed")}</Banner> : null}
      {offline ? <Banner tone="soon">{t("offline")}</Banner> : null}
    </FormDialog>
  );
}
