import { formatDateTime } from "@okno/ui";
import type { PayoutApproval } from "../../contract-approvals.ts";
import { host } from "../host.ts";
import { useT } from "./messages.ts";

/** Who has said yes, how many are needed, and why the reader may not, where that is so. */
export function Approvals({ approval }: { approval: PayoutApproval }) {
  const t = useT();
  const locale = host.useLocale();
  const members = host.useMembers();
  const { approvals, needed, mayNot, role, expiresAt } = approval;
  const time = (at: string) => formatDateTime(new Date(at), locale);
  const names = approvals.map(({ member, at }) => ({
    member,
    name: members.find(({ id }) => id === member)?.name ?? t("colleague"),
    at: time(at),
  }));
  const may = mayNot === "role" || mayNot === "maker" || mayNot === "answered" ? mayNot : undefined;
  return (
    <section aria-label={t("approvals")} className="text-14">
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className="font-medium">{t("approvals")}</span>
        <span className="tabular-nums">{t("approvals.of", { given: approvals.length, needed })}</span>
        {expiresAt ? (
          <span className="text-13 text-text-3">{t("approvals.until", { time: time(expiresAt) })}</span>
        ) : null}
      </p>
      {names.length > 0 ? (
        <ul className="mt-1 flex flex-col gap-0.5">
          {names.map(({ member, name, at }) => (
            <li key={member} className="text-13 text-text-2">
              <bdi>{name}</bdi> <span className="text-text-3">· {at}</span>
            </li>
          ))}
        </ul>
      ) : (
        <p className="text-13 text-text-3">{t("approvals.nobody")}</p>
      )}
      {may ? <p className="mt-1 text-13 text-soon">{t(`may.${may}`, { role: t(`role.${role}`) })}</p> : null}
    </section>
  );
}
