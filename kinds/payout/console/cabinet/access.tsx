import { Button, CopyField, Field, FormRow, formatDateTime, Switch, TextField } from "@okno/ui";
import { useState } from "react";
import { type PayoutDesk, payoutDeskRoutes } from "../../contract.ts";
import { FormDialog } from "../bits.tsx";
import { host } from "../host.ts";
import { useT as useCommonT } from "../messages.ts";
import { useSave } from "../use-save.ts";
import { useT } from "./messages.ts";
import { Once } from "./once.tsx";

type Which = "secret" | "salt";

const rotate = {
  secret: async (id: string) =>
    (await host.call(payoutDeskRoutes.rotateSecret, { params: { id }, body: {} })).secret,
  salt: async (id: string) =>
    (await host.call(payoutDeskRoutes.rotateSalt, { params: { id }, body: {} })).salt,
} as const;

/** Asks, replaces, and shows the new one this once. */
function Rotate({ desk, which, onClose }: { desk: PayoutDesk; which: Which; onClose: () => void }) {
  const t = useT();
  const { mutate, isPending, error, data } = useSave(() => rotate[which](desk.id));
  if (data) return <Once values={[{ label: t(which), value: data }]} onClose={onClose} />;
  return (
    <FormDialog
      danger
      title={t(`rotate.${which}.title`)}
      text={t(`rotate.${which}.warn`)}
      submitLabel={t("rotate.do")}
      busy={isPending}
      error={error}
      onClose={onClose}
      onSubmit={() => mutate(undefined)}
    />
  );
}

function Secrets({ desk }: { desk: PayoutDesk }) {
  const t = useT();
  const common = useCommonT();
  const locale = host.useLocale();
  const [open, setOpen] = useState<Which>();
  return (
    <FormRow title={t("access")} text={t("access.text")}>
      <Field label={t("login")}>
        <CopyField
          value={desk.login}
          label={t("login")}
          copyLabel={common("copy")}
          copiedLabel={common("copied")}
        />
      </Field>
      {(["secret", "salt"] as const).map((which) => (
        <div key={which} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
          <div className="min-w-0 flex-1 basis-56">
            <p className="text-13 font-medium">{t(which)}</p>
            <p className="text-13 text-text-3">{t(`${which}.text`)}</p>
            {which === "salt" && desk.formerSaltUntil ? (
              <p className="text-13 text-soon">
                {t("salt.former", { time: formatDateTime(new Date(desk.formerSaltUntil), locale) })}
              </p>
            ) : null}
          </div>
          <Button size="sm" aria-label={t(`rotate.${which}`)} onClick={() => setOpen(which)}>
            {t("rotate")}
          </Button>
        </div>
      ))}
      {open ? <Rotate desk={desk} which={open} onClose={() => setOpen(undefined)} /> : null}
    </FormRow>
  );
}

type Change = {
  name?: string;
  makerChecker?: boolean;
  defaultCallbackUrl?: string | null;
  disabled?: boolean;
};

const update = (desk: PayoutDesk, body: Change) =>
  host.call(payoutDeskRoutes.update, { params: { id: desk.id }, body: { ...body, version: desk.version } });

function Names({ desk }: { desk: PayoutDesk }) {
  const t = useT();
  const common = useCommonT();
  const [name, setName] = useState(desk.name);
  const [url, setUrl] = useState(desk.defaultCallbackUrl ?? "");
  const empty = name.trim() === "";
  const { mutate, isPending, error } = useSave(
    () => update(desk, { name: name.trim(), defaultCallbackUrl: url.trim() === "" ? null : url.trim() }),
    { done: common("saved") },
  );
  const same = name === desk.name && url === (desk.defaultCallbackUrl ?? "");
  return (
    <FormRow title={t("desk.rename")}>
      <form
        noValidate
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (!empty && !isPending) mutate(undefined);
        }}
      >
        <Field label={t("desk.name")} error={empty && t("desk.name.empty")}>
          <TextField maxLength={200} value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
        <Field
          label={t("desk.callback")}
          hint={t("desk.callback.hint")}
          error={error && host.errorMessage(error)}
        >
          <TextField
            type="url"
            inputMode="url"
            maxLength={2000}
            placeholder="https://"
            value={url}
            onChange={(event) => setUrl(event.target.value)}
          />
        </Field>
        <Button type="submit" className="self-start" busy={isPending} disabled={empty || same}>
          {common("save")}
        </Button>
      </form>
    </FormRow>
  );
}

/** How the merchant gets in, where it is called back, and whether the desk works at all. */
export function Access({ desk }: { desk: PayoutDesk }) {
  const t = useT();
  const closed = desk.disabledAt !== null;
  const maker = useSave((makerChecker: boolean) => update(desk, { makerChecker }), { sayFailure: true });
  const closing = useSave(() => update(desk, { disabled: !closed }), {
    done: t(closed ? "desk.opened" : "desk.closed"),
    sayFailure: true,
  });
  return (
    <div>
      <Secrets desk={desk} />
      <Names key={desk.version} desk={desk} />
      <FormRow title={t("desk.maker")} text={t("desk.maker.hint")}>
        <Switch
          label={t("desk.maker")}
          hideLabel
          checked={desk.makerChecker}
          disabled={maker.isPending}
          onCheckedChange={(on) => maker.mutate(on)}
        />
      </FormRow>
      <FormRow title={t(closed ? "desk.open" : "desk.close")} text={t("desk.close.text")}>
        <Button className="self-start" busy={closing.isPending} onClick={() => closing.mutate(undefined)}>
          {t(closed ? "desk.open" : "desk.close")}
        </Button>
      </FormRow>
    </div>
  );
}
