import type { StepUp } from "@okno/contract";
import { Banner, Button, formatDateTime } from "@okno/ui";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../../shared/api/client.ts";
import { useLocale } from "../../shared/i18n/i18n.ts";
import { CodeField, isAboutCode, isCode } from "./code-field.tsx";
import { FormDialog } from "./form-dialog.tsx";
import { Loaded } from "./page.tsx";
import { RecoveryCodes } from "./recovery-codes.tsx";
import { SetUpCodes } from "./set-up-codes.tsx";
import { useT } from "./step-up-messages.ts";
import { stepUpKey, stepUpQuery } from "./step-up-query.ts";
import { useSave } from "./use-save.ts";

/** So few are left that it is time for new ones. */
const few = 3;

type ByCode<O> = {
  words: { title: string; text: string; submit: string };
  danger?: boolean;
  done?: string;
  act: (code: string) => Promise<O>;
  onDone: (answer: O) => void;
  onClose: () => void;
};

/** What is done only by a code. */
function DoByCode<O>({ words, danger = false, done, act, onDone, onClose }: ByCode<O>) {
  const [code, setCode] = useState("");
  const [tried, setTried] = useState(false);
  const { mutate, isPending, error } = useSave(act, {
    stale: [stepUpKey],
    ...(done && { done }),
    onSaved: onDone,
  });
  return (
    <FormDialog
      danger={danger}
      size="sm"
      title={words.title}
      text={words.text}
      submitLabel={words.submit}
      busy={isPending}
      error={isAboutCode(error) ? undefined : error}
      onClose={onClose}
      onSubmit={() => {
        setTried(true);
        if (isCode(code, true)) mutate(code);
      }}
    >
      <CodeField value={code} onChange={setCode} recoveryToo tried={tried} error={error} />
    </FormDialog>
  );
}

type Doing = "connect" | "renew" | "remove" | { show: readonly string[] };

function Connected({
  enrolledAt,
  left,
  onDo,
}: {
  enrolledAt: string;
  left: number;
  onDo: (what: Doing) => void;
}) {
  const t = useT();
  const locale = useLocale();
  const when = formatDateTime(new Date(enrolledAt), locale);
  return (
    <>
      <p className="text-14">
        {t("since", { when })}
        <span className="text-text-3"> · {t("left", { count: left })}</span>
      </p>
      {left <= few ? <Banner tone="soon">{t("few")}</Banner> : null}
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => onDo("renew")}>{t("renew")}</Button>
        <Button onClick={() => onDo("remove")}>{t("remove")}</Button>
      </div>
    </>
  );
}

function Now({ stepUp, onDo }: { stepUp: StepUp; onDo: (what: Doing) => void }) {
  const t = useT();
  if (stepUp.enrolledAt !== null)
    return <Connected enrolledAt={stepUp.enrolledAt} left={stepUp.recoveryCodesLeft} onDo={onDo} />;
  return (
    <>
      <p className="text-14 text-text-2">{t("none")}</p>
      <Button onClick={() => onDo("connect")}>{t("connect")}</Button>
    </>
  );
}

/** One-time codes of an app: set up, renew the recovery codes, remove. */
export function StepUpCodes() {
  const t = useT();
  const [doing, setDoing] = useState<Doing>();
  const query = useQuery(stepUpQuery);
  const close = () => setDoing(undefined);
  const show = (codes: readonly string[]) => setDoing({ show: codes });
  return (
    <div className="flex flex-col items-start gap-3">
      <Loaded query={query}>{(stepUp) => <Now stepUp={stepUp} onDo={setDoing} />}</Loaded>
      {doing === "connect" ? <SetUpCodes onDone={show} onClose={close} /> : null}
      {doing === "renew" ? (
        <DoByCode
          words={{ title: t("renew.title"), text: t("renew.text"), submit: t("renew.submit") }}
          act={(code) => api.stepUp.renew({ body: { code } })}
          onDone={({ recoveryCodes }) => show(recoveryCodes)}
          onClose={close}
        />
      ) : null}
      {doing === "remove" ? (
        <DoByCode
          danger
          words={{ title: t("remove.title"), text: t("remove.text"), submit: t("remove") }}
          done={t("removed")}
          act={(code) => api.stepUp.remove({ body: { code } })}
          onDone={close}
          onClose={close}
        />
      ) : null}
      {typeof doing === "object" ? <RecoveryCodes codes={doing.show} onClose={close} /> : null}
    </div>
  );
}
