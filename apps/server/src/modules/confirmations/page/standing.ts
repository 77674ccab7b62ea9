import type { Queryable } from "../../../platform/database.ts";
import { hashOf } from "../chain.ts";
import type { ConfirmationDeps } from "../deps.ts";
import { type ConfirmationRow, findSuccessorOf } from "../queries.ts";
import { changedPage, momentOf, sayingPage } from "./draw.ts";
import type { Page, View } from "./layout.ts";

function settledPage(view: View, row: ConfirmationRow): Page | undefined {
  const { t } = view;
  const time = row.settled_at ? momentOf(view, row.settled_at) : "";
  const own = row.settled_kind === "contact";
  if (row.status === "confirmed") {
    const words = t(own ? "confirmedByYou" : "confirmedOtherwise", { time });
    return sayingPage(view, { title: "confirmed", words, tone: "good", row });
  }
  if (row.status === "refused") {
    const words = t(own ? "refusedAt" : "refusedOtherwise", { time });
    return sayingPage(view, { title: "refused", words, tone: "calm", row });
  }
  if (row.status === "expired" || row.late)
    return sayingPage(view, { title: "expired", words: t("expiredHint"), tone: "late", status: 410 });
  if (row.status === "revoked")
    return sayingPage(view, { title: "revoked", words: t("revokedHint"), tone: "calm", status: 410 });
  return undefined;
}

/** Another demand took its place: it was answered there, or asks for something new, or is the same in a newer link. */
async function supersededPage(deps: ConfirmationDeps, db: Queryable, view: View, row: ConfirmationRow) {
  const { t } = view;
  const successor = await findSuccessorOf(db, row, deps.confirmations.ruling());
  const other = successor && successor.subject_version !== row.subject_version;
  if (other) return changedPage(view, successor.snapshot);
  const settled = successor && successor.status !== "pending" && settledPage(view, successor);
  if (settled) return settled;
  return sayingPage(view, { title: "superseded", words: t("supersededHint"), tone: "late", status: 410 });
}

/** How the demand stands where it can no longer be answered; undefined where it can. */
export async function standingPage(
  deps: ConfirmationDeps,
  db: Queryable & { readonly workspaceId: string },
  view: View,
  { row, kind }: { row: ConfirmationRow; kind: string },
): Promise<Page | undefined> {
  const settled = settledPage(view, row);
  if (settled) return settled;
  if (row.status === "superseded") return supersededPage(deps, db, view, row);
  const subject = await deps.kindConfirmations(kind)?.subject?.(db, row.ticket_id, row.purpose);
  if (!subject) return undefined;
  const same = subject.version === row.subject_version && hashOf(subject.snapshot).equals(row.snapshot_hash);
  return same ? undefined : changedPage(view, subject.snapshot as Record<string, unknown>);
}
