import { Button, Field, FormRow, Switch, TextField } from "@okno/ui";
import { useState } from "react";
import type { PayoutDesk } from "../../contract.ts";
import { type DeskGuards, payoutApprovalRoutes } from "../../contract-approvals.ts";
import { host } from "../host.ts";
import { useT as useCommonT } from "../messages.ts";
import { useSave } from "../use-save.ts";
import { Once } from "./once.tsx";
import { readWhole } from "./read-whole.ts";
import { useT } from "./rules-messages.ts";

type Props = { desk: PayoutDesk; guards: DeskGuards; may: boolean };

const change = (desk: PayoutDesk, body: object) =>
  host.call(payoutApprovalRoutes.changeGuards, { params: { id: desk.id }, body });

function StepUp({ desk, guards, may }: Props) {
  const t = useT();
  const save = useSave((stepUp: boolean) => change(desk, { stepUp }), { sayFailure: true });
  return (
    <FormRow title={t("code")} text={t("code.text")}>
      <Switch
        label={t("code")}
        hideLabel
        checked={guards.stepUp}
        disabled={!may || save.isPending}
        onCheckedChange={(on) => save.mutate(on)}
      />
    </FormRow>
  );
}

const shown = (value: number | null) => (value === null ? "" : String(value));

function Watch({ desk, guards, may }: Props) {
  const t = useT();
  const common = useCommonT();
  const [same, setSame] = useState(shown(guards.watch.sameDestination));
  const [times, setTimes] = useState(shown(guards.watch.unusualTimes));
  const read = (text: string, least: number) => (text.trim() === "" ? null : readWhole(text, least, 1000));
  const watch = { sameDestination: read(same, 1), unusualTimes: read(times, 2) };
  const wrong = watch.sameDestination === undefined || watch.unusualTimes === undefined;
  const save = useSave(() => change(desk, { watch }), { done: common("saved"), sayFailure: true });
  return (
    <FormRow title={t("watch")} text={t("watch.text")}>
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (!wrong && !save.isPending) save.mutate(undefined);
        }}
      >
        <Field
          label={t("watch.same")}
          hint={t("watch.off")}
          error={watch.sameDestination === undefined && t("watch.same.wrong")}
        >
          <TextField
            inputMode="numeric"
            maxLength={5}
            disabled={!may}
            value={same}
            onChange={(event) => setSame(event.target.value)}
          />
        </Field>
        <Field
          label={t("watch.times")}
          hint={t("watch.off")}
          error={watch.unusualTimes === undefined && t("watch.times.wrong")}
        >
          <TextField
            inputMode="numeric"
            maxLength={5}
            disabled={!may}
            value={times}
            onChange={(event) => setTimes(event.target.value)}
          />
        </Field>
        {may ? (
          <Button type="submit" className="self-start" busy={save.isPending} disabled={wrong}>
            {common("save")}
          </Button>
        ) : null}
      </form>
    </FormRow>
  );
}

function AskBefore({ desk, guards, may }: Props) {
  const t = useT();
  const common = useCommonT();
  const [url, setUrl] = useState(guards.askBeforeUrl ?? "");
  const save = useSave(() => change(desk, { askBeforeUrl: url.trim() === "" ? null : url.trim() }), {
    done: common("saved"),
  });
  const secret = useSave(
    () => host.call(payoutApprovalRoutes.newAskSecret, { params: { id: desk.id }, body: {} }),
    { sayFailure: true },
  );
  return (
    <FormRow title={t("ask")} text={t("ask.text")}>
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (!save.isPending) save.mutate(undefined);
        }}
      >
        <Field label={t("ask.url")} error={save.error && host.errorMessage(save.error)}>
          <TextField
            type="url"
            inputMode="url"
            maxLength={2000}
            placeholder="https://"
            disabled={!may}
            value={url}
            onChange={(event) => setUrl(event.target.value)}
          />
        </Field>
        {may ? (
          <Button
            type="submit"
            className="self-start"
            busy={save.isPending}
            disabled={url === (guards.askBeforeUrl ?? "")}
          >
            {common("save")}
          </Button>
        ) : null}
      </form>
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-56">
          <p className="text-13 font-medium">{t("ask.secret")}</p>
          <p className="text-13 text-text-3">
            {t(guards.askSecretSet ? "ask.secret.set" : "ask.secret.none")}
          </p>
        </div>
        {may ? (
          <Button size="sm" busy={secret.isPending} onClick={() => secret.mutate(undefined)}>
            {t("ask.secret.new")}
          </Button>
        ) : null}
      </div>
      {secret.data ? (
        <Once values={[{ label: t("ask.secret"), value: secret.data.secret }]} onClose={secret.reset} />
      ) : null}
    </FormRow>
  );
}

/** Codes, suspicion, and the merchant's own word. */
export function Guards(props: Props) {
  return (
    <>
      <StepUp {...props} />
      <Watch {...props} />
      <AskBefore {...props} />
    </>
  );
}
