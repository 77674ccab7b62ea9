import type { Member } from "@okno/contract";
import { Avatar, Badge, Button, EmptyState, formatRelative, IconButton, TextField } from "@okno/ui";
import { useQuery } from "@tanstack/react-query";
import { Pencil, Search, UserPlus } from "lucide-react";
import { useState } from "react";
import { membersQuery, useProjects } from "../../shared/directory/directory.ts";
import { useLocale } from "../../shared/i18n/i18n.ts";
import { MemberAvatar } from "../../shared/presence/member-avatar.tsx";
import { useStatusOf } from "../../shared/presence/status.ts";
import { useMe } from "../../shared/session/session.ts";
import { EditMember } from "./edit-member.tsx";
import { InviteMember } from "./invite-member.tsx";
import { type Link, LinkDialog } from "./link-dialog.tsx";
import { useT } from "./messages.ts";
import { Loaded, Row, Rows, SettingsPage } from "./page.tsx";
import { useT as usePeopleT } from "./people-messages.ts";

/** More rows than this nobody reads: the search is there. */
const shownAtOnce = 100;
/** Below this there is nothing to search in. */
const worthSearching = 8;

function MemberRow({ member, onEdit }: { member: Member; onEdit: () => void }) {
  const t = usePeopleT();
  const locale = useLocale();
  const me = useMe();
  const statusOf = useStatusOf();
  const projects = useProjects();
  const nameOf = (id: string) => projects.find((project) => project.id === id)?.name ?? "";
  const seen = member.lastSeenAt
    ? t("seen", { when: formatRelative(new Date(member.lastSeenAt), new Date(), locale, { style: "long" }) })
    : t("seen.never");
  return (
    <Row
      icon={
        member.status === "active" ? (
          <MemberAvatar member={member} />
        ) : (
          <Avatar name={member.name} seed={member.id} decorative />
        )
      }
      title={
        <>
          <bdi>{member.name}</bdi>
          {member.id === me.member.id ? <span className="font-normal text-text-3">({t("you")})</span> : null}
          {member.status === "invited" ? <Badge tone="info">{t("status.invited")}</Badge> : null}
          {member.status === "disabled" ? <Badge tone="late">{t("status.disabled")}</Badge> : null}
        </>
      }
      text={
        member.status === "invited"
          ? member.email
          : [
              member.email,
              ...(member.status === "active" && member.lastSeenAt ? [statusOf(member).words] : []),
              seen,
            ].join(" · ")
      }
      extra={
        member.owner ? (
          <Badge tone="good">{t("role.owner")}</Badge>
        ) : (
          member.grants.map(({ project, role }) => (
            <Badge key={project}>{`${nameOf(project)}: ${t(`role.${role}`).toLowerCase()}`}</Badge>
          ))
        )
      }
      actions={<IconButton label={t("edit", { name: member.name })} icon={<Pencil />} onClick={onEdit} />}
    />
  );
}

function matches(member: Member, query: string): boolean {
  const words = query.trim().toLowerCase().split(/\s+/u);
  const text = `${member.name} ${member.email}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

function MemberList({ members, onEdit }: { members: readonly Member[]; onEdit: (id: string) => void }) {
  const t = usePeopleT();
  const common = useT();
  const locale = useLocale();
  const [query, setQuery] = useState("");
  const found = members
    .filter((member) => matches(member, query))
    .sort((a, b) => a.name.localeCompare(b.name, locale));
  return (
    <div className="flex flex-col gap-4">
      {members.length > worthSearching ? (
        <TextField
          type="search"
          prefix={<Search />}
          aria-label={t("members.find")}
          placeholder={t("members.find")}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          className="max-w-96"
        />
      ) : null}
      {found.length === 0 ? (
        <EmptyState title={t("members.none")} text={t("members.none.text")} />
      ) : (
        <Rows label={common("nav.members")}>
          {found.slice(0, shownAtOnce).map((member) => (
            <MemberRow key={member.id} member={member} onEdit={() => onEdit(member.id)} />
          ))}
        </Rows>
      )}
      {found.length > shownAtOnce ? (
        <p className="text-13 text-text-3">{t("members.more", { count: shownAtOnce })}</p>
      ) : null}
    </div>
  );
}

type Open = { what: "invite" } | { what: "edit"; id: string } | { what: "link"; name: string; link: Link };

/** Who works here, and with which rights. */
export function Members() {
  const t = usePeopleT();
  const common = useT();
  const query = useQuery(membersQuery);
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const edited = open?.what === "edit" ? query.data?.find((member) => member.id === open.id) : undefined;
  return (
    <SettingsPage
      title={common("nav.members")}
      text={t("members.text")}
      action={
        <Button variant="primary" icon={<UserPlus />} onClick={() => setOpen({ what: "invite" })}>
          {t("invite")}
        </Button>
      }
    >
      <Loaded query={query}>
        {(members) => <MemberList members={members} onEdit={(id) => setOpen({ what: "edit", id })} />}
      </Loaded>
      {open?.what === "invite" ? <InviteMember onClose={close} /> : null}
      {edited ? (
        <EditMember
          key={edited.id}
          member={edited}
          onClose={close}
          onLink={(link) => setOpen({ what: "link", name: edited.name, link })}
        />
      ) : null}
      {open?.what === "link" ? <LinkDialog name={open.name} link={open.link} onClose={close} /> : null}
    </SettingsPage>
  );
}
