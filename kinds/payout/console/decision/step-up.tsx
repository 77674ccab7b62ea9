import { type ErrorCode, routes } from "@okno/contract";
import { Field, TextField } from "@okno/ui";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { FormDialog } from "../bits.tsx";
import { host } from "../host.ts";
import { useT } from "./messages.ts";

type Props = { onProven: () => void; onClose: () => void };

/** A one-time code from the app, where the server asks for one: then what was meant is sent again. */
export function StepUp({ onProven, onClose }: Props) {
  const t = useT();
  const [code, setCode] = useState("");
  const prove = useMutation({
    mutationFn: () => host.call(routes.stepUp.prove, { body: { code } }),
    onSuccess: onProven,
  });
  const refused = (what: ErrorCode) => host.isRefusal(prove.error, what);
  const known =
    (refused("wrong_code") || refused("invalid_request") ? t("code.wrong") : undefined) ??
    (refused("not_found") ? t("code.none") : undefined);
  return (
    <FormDialog
      size="sm"
      title={t("code.title")}
      text={t("code.text")}
      submitLabel={t("code.do")}
      busy={prove.isPending}
      error={known === undefined ? prove.error : undefined}
      onClose={onClose}
      onSubmit={() => {
        if (code.trim() !== "") prove.mutate();
      }}
    >
      <Field label={t("code.label")} error={known}>
        <TextField
          autoFocus
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={40}
          value={code}
          onChange={(event) => setCode(event.target.value)}
          className="tabular-nums"
        />
      </Field>
    </FormDialog>
  );
}

/** Whether the server wants a code before it does this. */
export const needsCode = (error: unknown): boolean => host.isRefusal(error, "step_up_required");
