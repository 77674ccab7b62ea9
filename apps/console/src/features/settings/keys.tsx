import type { Key } from "@okno/contract";
import { Badge, Button, EmptyState, formatDateTime, formatRelative } from "@okno/ui";
import { useQuery } from "@tanstack/react-query";
import { KeyRound, Plus } from "lucide-react";
import { useState } from "react";
import { api } from "../../shared/api/client.ts";
import { useProjects } from "../../shared/directory/directory.ts";
import { useLocale } from "../../shared/i18n/i18n.ts";
import { CreateKey } from "./create-key.tsx";
import { FormDialog } from "./form-dialog.tsx";
import { keysKey, keysQuery } from "./keys-query.ts";
import { useT } from "./messages.ts";
import { Loaded, Row, Rows, SettingsPage } from "./page.tsx";
import { useT as usePeopleT } from "./people-messages.ts";
import { useSave } from "./use-save.ts";

function useFacts(key: Key): string {
  const t = usePeopleT();
  const locale = useLocale();
  const projects = useProjects();
  const names = key.projects
    ?.map((id) => projects.find((project) => project.id === id)?.name ?? "")
    .join(", ");
  const used = key.lastUsedAt
    ? t("key.used", { when: formatRelative(new Date(key.lastUsedAt), new Date(), locale, { style: "long" }) })
    : t("key.unused");
  return [
    `…${key.hint}`,
    names ?? t("key.everywhere"),
    t("key.scopes", { count: key.scopes.length }),
    used,
    ...(key.expiresAt ? [t("key.until", { date: formatDateTime(new Date(key.expiresAt), locale) })] : []),
  ].join(" · ");
}

function KeyRow({ apiKey, onRevoke }: { apiKey: Key; onRevoke: () => void }) {
  const t = usePeopleT();
  const facts = useFacts(apiKey);
  return (
    <Row
      icon={<KeyRound />}
      title={apiKey.name}
      text={facts}
      extra={<Badge>{t(`role.${apiKey.role}`)}</Badge>}
      actions={
        <Button size="sm" aria-label={`${t("revoke")}: ${apiKey.name}`} onClick={onRevoke}>
          {t("revoke")}
        </Button>
      }
    />
  );
}

function RevokeKey({ apiKey, onClose }: { apiKey: Key; onClose: () => void }) {
  const t = usePeopleT();
  const { mutate, isPending, error } = useSave(() => api.keys.revoke({ params: { id: apiKey.id } }), {
    stale: [keysKey],
    done: t("revoked"),
    onSaved: onClose,
  });
  return (
    <FormDialog
      danger
      title={t("revoke.title", { name: apiKey.name })}
      text={t("revoke.text")}
      submitLabel={t("revoke")}
      busy={isPending}
      error={error}
      onClose={onClose}
      onSubmit={() => mutate(undefined)}
    />
  );
}

/** Keys for programs. */
export function Keys() {
  const t = usePeopleT();
  const common = useT();
  const query = useQuery(keysQuery);
  const [open, setOpen] = useState<"create" | Key>();
  const close = () => setOpen(undefined);
  const createButton = (
    <Button variant="primary" icon={<Plus />} onClick={() => setOpen("create")}>
      {t("create")}
    </Button>
  );
  return (
    <SettingsPage
      title={common("nav.keys")}
      text={t("keys.text")}
      action={query.data?.length ? createButton : null}
    >
      <Loaded query={query}>
        {(keys) =>
          keys.length === 0 ? (
            <EmptyState title={t("keys.none")} text={t("keys.none.text")} action={createButton} />
          ) : (
            <Rows label={common("nav.keys")}>
              {keys.map((key) => (
                <KeyRow key={key.id} apiKey={key} onRevoke={() => setOpen(key)} />
              ))}
            </Rows>
          )
        }
      </Loaded>
      {open === "create" ? <CreateKey onClose={close} /> : null}
      {open && open !== "create" ? <RevokeKey apiKey={open} onClose={close} /> : null}
    </SettingsPage>
  );
}
