import type { Availability, AvailabilityStatus, Me, Member } from "@okno/contract";
import { formatDateTime } from "@okno/ui";
import { api } from "../api/client.ts";
import { queryClient } from "../api/query-client.ts";
import { type Locale, useLocale } from "../i18n/i18n.ts";
import { meQuery, useMe } from "../session/session.ts";
import { useT } from "./messages.ts";
import { useSaidOf } from "./store.ts";

export type ShownStatus = { status: AvailabilityStatus; words: string };

/** What was chosen, as long as it holds. */
export function inForce(chosen: Availability, now: Date): Availability {
  return chosen.until !== null && new Date(chosen.until) <= now
    ? { status: "available", until: null }
    : chosen;
}

/** Whoever has chosen nothing special is away by themselves while no key and no pointer is touched. */
function shown(chosen: Availability, active: boolean, now: Date): Availability {
  const holds = inForce(chosen, now);
  return holds.status === "available" && !active ? { status: "away", until: null } : holds;
}

/** The hour, and the day where it is another. */
function untilWords(until: Date, locale: Locale): string {
  const today = until.toDateString() === new Date().toDateString();
  return today
    ? new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit" }).format(until)
    : formatDateTime(until, locale);
}

/** How colleagues are to be shown: available, busy or away, and the words for it. Oneself counts as being here. */
export function useStatusOf(): (member: Pick<Member, "id" | "availability">) => ShownStatus {
  const t = useT();
  const locale = useLocale();
  const said = useSaidOf();
  const { member: me } = useMe();
  return (member) => {
    const heard = said(member.id);
    const mine = member.id === me.id;
    const chosen = mine ? me.availability : (heard?.availability ?? member.availability);
    const { status, until } = shown(chosen, mine || heard?.active === true, new Date());
    const words =
      until !== null && status !== "available"
        ? t(`${status}.until`, { time: untilWords(new Date(until), locale) })
        : t(status);
    return { status, words };
  };
}

/** Stores the choice and shows it at once; put back if the server refuses. @throws whatever the server answered */
export async function chooseStatus(availability: Availability): Promise<void> {
  const put = (next: Availability) =>
    queryClient.setQueryData<Me>(
      meQuery.queryKey,
      (me) => me && { ...me, member: { ...me.member, availability: next } },
    );
  const before = queryClient.getQueryData<Me>(meQuery.queryKey)?.member.availability;
  put(availability);
  try {
    put(await api.presence.setStatus({ body: availability }));
  } catch (error) {
    if (before) put(before);
    throw error;
  }
}
