import type { AvailabilityStatus } from "@okno/contract";
import { DropdownCheckItem, DropdownLabel, toast } from "@okno/ui";
import { errorMessage } from "../api/error-message.ts";
import { useLocale } from "../i18n/i18n.ts";
import { useCommands } from "../keys/use-commands.ts";
import { useMe } from "../session/session.ts";
import { useT } from "./messages.ts";
import { chooseStatus, inForce } from "./status.ts";

const statuses = ["available", "busy", "away"] as const;
const ends = ["none", "30", "60", "day"] as const;
type End = (typeof ends)[number];

function untilOf(end: End): string | null {
  if (end === "none") return null;
  const now = new Date();
  if (end === "day") return new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1).toISOString();
  return new Date(now.getTime() + Number(end) * 60_000).toISOString();
}

function useOwnStatus() {
  const t = useT();
  const { member } = useMe();
  const current = inForce(member.availability, new Date());
  const choose = (status: AvailabilityStatus, end: End = "none") => {
    const until = status === "available" ? null : untilOf(end);
    chooseStatus({ status, until }).catch((error: unknown) =>
      toast({ title: t("status.failed", { why: errorMessage(error) }), tone: "late" }),
    );
  };
  return { current, choose };
}

/** In the account's menu: how colleagues see me, and for how long. */
export function StatusChoices() {
  const t = useT();
  const locale = useLocale();
  const { current, choose } = useOwnStatus();
  const clock = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" });
  return (
    <>
      <DropdownLabel>{t("status")}</DropdownLabel>
      {statuses.map((status) => (
        <DropdownCheckItem
          key={status}
          checked={current.status === status}
          onCheckedChange={() => choose(status)}
          hint={
            current.status === status && current.until ? clock.format(new Date(current.until)) : undefined
          }
        >
          {t(`status.${status}`)}
        </DropdownCheckItem>
      ))}
      {current.status === "available" ? null : (
        <>
          <DropdownLabel>{t("until.label")}</DropdownLabel>
          {ends.map((end) => (
            <DropdownCheckItem
              key={end}
              checked={end === "none" && current.until === null}
              onCheckedChange={() => choose(current.status, end)}
            >
              {t(`until.${end}`)}
            </DropdownCheckItem>
          ))}
        </>
      )}
    </>
  );
}

/** The same by the palette. */
export function useStatusCommands(): void {
  const t = useT();
  const { current, choose } = useOwnStatus();
  useCommands(
    statuses.map((status) => ({
      id: `account.status.${status}`,
      title: t(`key.${status}`),
      group: "account" as const,
      keywords: t("status"),
      enabled: current.status !== status,
      run: () => choose(status),
    })),
  );
}
