import type { Contact } from "@okno/contract";
import { Button } from "@okno/ui";
import { Link } from "@tanstack/react-router";
import { Users } from "lucide-react";
import { showAddress } from "./address.ts";
import { useMerge, useUnmerge } from "./merge.ts";
import { useT } from "./messages.ts";

/** Others who may be the same person, and those who were taken in and can be given back. */
export function Kinship({ contact }: { contact: Contact }) {
  const t = useT();
  const merge = useMerge();
  const unmerge = useUnmerge();
  const seen = new Set<string>();
  const duplicates = contact.duplicates.filter(({ contact: id }) => !seen.has(id) && seen.add(id));
  return (
    <>
      {duplicates.length > 0 ? (
        <section aria-label={t("duplicates")} className="rounded-control bg-soon-soft px-2.5 py-2">
          <h4 className="flex items-center gap-1.5 text-12 font-semibold">
            <Users aria-hidden="true" className="size-3.5" />
            {t("duplicates")}
          </h4>
          <ul className="flex flex-col gap-1 pt-1">
            {duplicates.map((each) => (
              <li key={each.contact} className="flex flex-wrap items-center justify-between gap-2 text-13">
                <span className="min-w-0">
                  <Link
                    to="/contacts/$contact"
                    params={{ contact: each.contact }}
                    className="font-medium underline-offset-2 hover:underline [overflow-wrap:anywhere]"
                  >
                    <bdi>{each.name ?? t("unnamed")}</bdi>
                  </Link>
                  <span className="block [overflow-wrap:anywhere]">
                    {t("duplicate.shares", { value: showAddress(each.kind, each.value) })}
                  </span>
                </span>
                <Button
                  size="sm"
                  busy={merge.isPending}
                  onClick={() => merge.mutate({ from: each.contact, into: contact.id })}
                >
                  {t("merge.with")}
                </Button>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {contact.merged.length > 0 ? (
        <section aria-label={t("merged.title")}>
          <h4 className="text-12 font-semibold text-text-3">{t("merged.title")}</h4>
          <ul>
            {contact.merged.map((each) => (
              <li key={each.contact} className="flex min-h-8 items-center justify-between gap-2 text-13">
                <bdi className="min-w-0 truncate">{each.name ?? t("unnamed")}</bdi>
                <Button
                  size="sm"
                  variant="ghost"
                  busy={unmerge.isPending && unmerge.variables === each.contact}
                  aria-label={t("merged.undo.name", { name: each.name ?? t("unnamed") })}
                  onClick={() => unmerge.mutate(each.contact)}
                >
                  {t("merged.undo")}
                </Button>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </>
  );
}
