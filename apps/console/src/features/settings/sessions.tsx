import type { Session } from "@okno/contract";
import { Badge, Button, formatRelative } from "@okno/ui";
import { useQuery } from "@tanstack/react-query";
import { Monitor, Smartphone } from "lucide-react";
import { api } from "../../shared/api/client.ts";
import { useLocale } from "../../shared/i18n/i18n.ts";
import { useT } from "./messages.ts";
import { Loaded, Row, Rows, SettingsPage } from "./page.tsx";
import { sessionsKey, sessionsQuery } from "./sessions-query.ts";
import { useSave } from "./use-save.ts";
import { nameOfBrowser } from "./user-agent.ts";

const handheld = new Set(["iPhone", "iPad", "Android"]);

function SessionRow({ session }: { session: Session }) {
  const t = useT();
  const locale = useLocale();
  const { mutate, isPending } = useSave((id: string) => api.session.revoke({ params: { id } }), {
    stale: [sessionsKey],
    done: t("sessions.ended"),
    sayFailure: true,
  });
  const { browser, system } = nameOfBrowser(session.userAgent);
  const name = browser ?? t("sessions.unknown");
  const when = (at: string) => formatRelative(new Date(at), new Date(), locale, { style: "long" });
  return (
    <Row
      icon={handheld.has(system ?? "") ? <Smartphone /> : <Monitor />}
      title={
        <>
          {system ? t("sessions.on", { browser: name, system }) : name}
          {session.current ? <Badge tone="good">{t("sessions.current")}</Badge> : null}
        </>
      }
      text={[
        session.address,
        t("sessions.seen", { when: when(session.lastSeenAt) }),
        t("sessions.since", { when: when(session.createdAt) }),
      ].join(" · ")}
      actions={
        session.current ? null : (
          <Button size="sm" busy={isPending} onClick={() => mutate(session.id)}>
            {t("sessions.end")}
          </Button>
        )
      }
    />
  );
}

/** Where one is signed in. */
export function Sessions() {
  const t = useT();
  const query = useQuery(sessionsQuery);
  return (
    <SettingsPage title={t("nav.sessions")} text={t("sessions.text")}>
      <Loaded query={query}>
        {(sessions) => (
          <Rows label={t("nav.sessions")}>
            {sessions.map((session) => (
              <SessionRow key={session.id} session={session} />
            ))}
          </Rows>
        )}
      </Loaded>
    </SettingsPage>
  );
}
