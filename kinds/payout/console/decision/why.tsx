import { Banner, formatDateTime } from "@okno/ui";
import type { Payout } from "../../contract.ts";
import type { PayoutApproval } from "../../contract-approvals.ts";
import { host } from "../host.ts";
import { useT } from "./messages.ts";

const reasons = [
  "provider_unknown",
  "unknown_processor",
  "no_answer",
  "too_long",
  "manual",
  "rule",
  "same_destination",
  "unusual_amount",
  "signature_reused",
  "merchant_unclear",
  "merchant_silent",
] as const;

/** Why a person is needed, in words; what this console does not know is named rather than hidden. */
function useReason(): (why: string | null) => string {
  const t = useT();
  return (why) => {
    if (why === null || why === "") return t("reason.unspecified");
    const known = reasons.find((each) => each === why);
    return known ? t(`reason.${known}`) : why;
  };
}

/** In doubt: nobody can say what became of it. `state` is the ticket's. */
export const isInDoubt = (state: string): boolean => state === "checking";
export const isManual = (payout: Payout): boolean =>
  payout.attention === "manual" && payout.status === "processing";

type Props = { payout: Payout; state: string; approval: PayoutApproval | undefined };

type Said = { tone: "info" | "soon" | "late"; title: string; text?: string };

/** While somebody may still say no, or nobody knows. */
function useOpenWords(): (props: Props) => Said | undefined {
  const t = useT();
  const reason = useReason();
  return ({ payout, state, approval }) => {
    const causes = approval?.why.map(reason).join(", ") || (payout.attention && reason(payout.attention));
    const because = causes ? `${t("why.attention", { why: causes })}. ` : "";
    if (approval?.status === "held")
      return { tone: "soon", title: t("why.held"), text: because + t("why.held.text") };
    if (isManual(payout)) return { tone: "soon", title: t("why.manual"), text: t("why.manual.text") };
    if (isInDoubt(state)) {
      const text = t("why.checking.text", { why: reason(payout.attention) });
      return { tone: "soon", title: t("why.checking"), text };
    }
    if (payout.status === "approving")
      return { tone: "info", title: t("why.approving"), text: because + t("why.approving.text") };
    return undefined;
  };
}

/** Before it has begun, and after it has ended badly. */
function useEndWords(): (props: Props) => Said | undefined {
  const t = useT();
  const locale = host.useLocale();
  return ({ payout, state }) => {
    const { status, attention, message, expiresAt } = payout;
    if (state === "disputed" || attention === "contradicted")
      return { tone: "late", title: t("why.disputed"), text: t("why.disputed.text") };
    if (status === "failed") {
      const said = message && { text: t("why.failed.text", { message }) };
      return { tone: "late", title: t("why.failed"), ...said };
    }
    if (status !== "created") return undefined;
    const text = expiresAt
      ? t("why.created.until", { time: formatDateTime(new Date(expiresAt), locale) })
      : t("why.created.text");
    return { tone: "info", title: t("why.created"), text };
  };
}

/** Why this payout stands before a person. Nothing where it does not. */
export function Why(props: Props) {
  const open = useOpenWords();
  const end = useEndWords();
  const said = end(props) ?? open(props);
  return said ? (
    <Banner tone={said.tone} title={said.title}>
      {said.text}
    </Banner>
  ) : null;
}
