import type { Contact, Ticket } from "@okno/contract";
import { Avatar, cx, RelativeTime, Select, Skeleton, Tag } from "@okno/ui";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { AtSign, BadgeAlert, Hash, type LucideIcon, Phone, Plus, UserRound } from "lucide-react";
import type { ReactNode } from "react";
import { ChannelGlyph } from "../../shared/channels/channel-glyph.tsx";
import {
  topicPath,
  useChannels,
  useLabels,
  useProjects,
  useTopics,
} from "../../shared/directory/directory.ts";
import { hueOfLabel } from "../../shared/directory/label-hue.ts";
import { useLocale } from "../../shared/i18n/i18n.ts";
import { contactQuery, contactTicketsQuery } from "../../shared/tickets/queries.ts";
import { useT } from "./messages.ts";
import { LabelsMenu, TopicMenu } from "./tag-menus.tsx";
import type { TicketActions } from "./use-actions.ts";

type Props = { ticket: Ticket; actions: TicketActions };

const priorities = ["low", "normal", "high", "urgent"] as const;

function Property({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[6.5rem_minmax(0,1fr)] items-start gap-2">
      <dt className="py-1 text-13 text-text-3">{name}</dt>
      <dd className="flex min-h-7 min-w-0 flex-wrap items-center gap-1.5 text-13">{children}</dd>
    </div>
  );
}

const quietButton =
  "-mx-2 flex min-h-7 min-w-0 max-w-full items-center gap-1.5 rounded-control px-2 text-left text-13 transition-colors hover:bg-hover data-[state=open]:bg-pressed disabled:hover:bg-transparent";

function Labels({ ticket, actions }: Props) {
  const t = useT();
  const labels = useLabels().filter((label) => label.project === ticket.project);
  const hue = (name: string) => labels.find((label) => label.name === name)?.hue;
  const can = actions.can("set");
  return (
    <>
      {ticket.labels.map((name) => {
        const known = hue(name);
        return (
          <Tag key={name} {...(known && { hue: hueOfLabel(known) })}>
            {name}
          </Tag>
        );
      })}
      {can ? (
        <LabelsMenu
          ticket={ticket}
          actions={actions}
          trigger={
            <button type="button" className={cx(quietButton, "mx-0! text-text-3 [&_svg]:size-3.5")}>
              <Plus aria-hidden="true" />
              {ticket.labels.length === 0 ? t("labels.none") : <span className="sr-only">{t("labels")}</span>}
            </button>
          }
        />
      ) : null}
    </>
  );
}

function Properties({ ticket, actions }: Props) {
  const t = useT();
  const locale = useLocale();
  const topics = useTopics();
  const project = useProjects().find((each) => each.id === ticket.project);
  const channel = useChannels().find((each) => each.id === ticket.channel);
  const can = actions.can("set");
  return (
    <section aria-label={t("properties")}>
      <h3 className="mb-2 text-12 font-semibold text-text-3">{t("properties")}</h3>
      <dl className="flex flex-col gap-1.5">
        <Property name={t("topic")}>
          <TopicMenu
            ticket={ticket}
            actions={actions}
            trigger={
              <button type="button" disabled={!can} className={quietButton}>
                <bdi className={cx("line-clamp-2 py-0.5", !ticket.topic && "text-text-3")}>
                  {ticket.topic ? (topicPath(topics, ticket.topic) ?? "…") : t("topic.none")}
                </bdi>
              </button>
            }
          />
        </Property>
        <Property name={t("priority")}>
          <Select
            size="sm"
            aria-label={t("priority")}
            disabled={!can}
            value={ticket.priority}
            onValueChange={(value) => void actions.set({ priority: value as Ticket["priority"] })}
            options={priorities.map((value) => ({ value, label: t(`priority.${value}`) }))}
          />
        </Property>
        <Property name={t("labels")}>
          <Labels ticket={ticket} actions={actions} />
        </Property>
        <Property name={t("assignee")}>
          {ticket.assignee ? (
            <>
              <Avatar size="sm" name={ticket.assignee.name} seed={ticket.assignee.id} decorative />
              <bdi className="truncate">{ticket.assignee.name}</bdi>
            </>
          ) : (
            <span className="text-text-3">{t("unassigned")}</span>
          )}
        </Property>
        <Property name={t("project")}>
          <bdi className="truncate">{project?.name ?? "…"}</bdi>
        </Property>
        <Property name={t("channel")}>
          <ChannelGlyph type={ticket.channelType} className="size-3.5 shrink-0 text-text-3" />
          <bdi className="truncate">{channel?.name ?? ticket.channelType ?? t("channel.none")}</bdi>
        </Property>
        <Property name={t("created")}>
          <RelativeTime date={new Date(ticket.createdAt)} locale={locale} style="long" />
        </Property>
      </dl>
    </section>
  );
}

const identityIcons: Readonly<Record<Contact["identities"][number]["kind"], LucideIcon>> = {
  email: AtSign,
  phone: Phone,
  visitor: UserRound,
  external: Hash,
};

function Identity({ identity }: { identity: Contact["identities"][number] }) {
  const t = useT();
  const Icon = identityIcons[identity.kind];
  const href = {
    email: `mailto:${identity.value}`,
    phone: `tel:${identity.value}`,
    visitor: undefined,
    external: undefined,
  };
  const link = href[identity.kind];
  const value = (
    <bdi className="min-w-0 truncate" title={identity.value}>
      {identity.value}
    </bdi>
  );
  return (
    <li className="flex min-w-0 items-center gap-2 text-13">
      <Icon aria-hidden="true" className="size-3.5 shrink-0 text-text-3" />
      <span className="sr-only">{t(`identity.${identity.kind}`)}</span>
      {link ? (
        <a href={link} className="flex min-w-0 underline-offset-2 hover:underline">
          {value}
        </a>
      ) : (
        value
      )}
      {identity.verified || identity.kind === "visitor" ? null : (
        <span title={t("unverified")} className="flex shrink-0 text-soon">
          <BadgeAlert aria-hidden="true" className="size-3.5" />
          <span className="sr-only">{t("unverified")}</span>
        </span>
      )}
    </li>
  );
}

function OtherTickets({ contact, current }: { contact: string; current: string }) {
  const t = useT();
  const locale = useLocale();
  const { data } = useQuery(contactTicketsQuery(contact));
  const others = (data?.data ?? []).filter((ticket) => ticket.id !== current);
  return (
    <section aria-label={t("other.tickets")} className="mt-5">
      <h4 className="mb-1 text-12 font-semibold text-text-3">{t("other.tickets")}</h4>
      {data && others.length === 0 ? <p className="text-13 text-text-3">{t("other.none")}</p> : null}
      <ul className="-mx-2 flex flex-col">
        {others.map((ticket) => (
          <li key={ticket.id}>
            <Link
              to="/inbox/$view/$ticket"
              params={{ view: "all", ticket: ticket.id }}
              search={{ contact }}
              className="flex min-h-8 items-center gap-2 rounded-control px-2 text-13 hover:bg-hover"
            >
              <span
                aria-hidden="true"
                className={cx(
                  "size-1.5 shrink-0 rounded-full",
                  ticket.phase === "done"
                    ? "bg-good"
                    : ticket.phase === "open"
                      ? "bg-accent"
                      : "bg-line-strong",
                )}
              />
              <bdi className="min-w-0 flex-1 truncate">{ticket.subject}</bdi>
              <RelativeTime
                date={new Date(ticket.createdAt)}
                locale={locale}
                className="shrink-0 text-12 text-text-3"
              />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Customer({ ticket }: { ticket: Ticket }) {
  const t = useT();
  const { contact } = ticket;
  const { data } = useQuery({ ...contactQuery(contact?.id ?? ""), enabled: contact !== null });
  if (!contact) return <p className="text-13 text-text-3">{t("customer.none")}</p>;
  const name = data?.name ?? contact.name ?? t("customer.unnamed");
  return (
    <section aria-label={t("customer")}>
      <h3 className="mb-2.5 text-12 font-semibold text-text-3">{t("customer")}</h3>
      <div className="flex items-center gap-3">
        <Avatar size="lg" name={name} seed={contact.id} decorative />
        <bdi dir="auto" className="min-w-0 text-14 font-semibold [overflow-wrap:anywhere]">
          {name}
        </bdi>
      </div>
      <ul className="mt-3 flex flex-col gap-1.5">
        {data ? (
          data.identities.map((identity) => <Identity key={identity.id} identity={identity} />)
        ) : (
          <Skeleton className="h-4 w-40" />
        )}
      </ul>
      {data?.note ? (
        <p
          dir="auto"
          className="mt-3 rounded-control bg-surface-3 px-2.5 py-2 text-13 whitespace-pre-wrap [overflow-wrap:anywhere]"
        >
          {data.note}
        </p>
      ) : null}
      <OtherTickets contact={contact.id} current={ticket.id} />
    </section>
  );
}

/** What the ticket is, and who asks. */
export function Details({ ticket, actions }: Props) {
  return (
    <div className="flex flex-col gap-6">
      <Customer ticket={ticket} />
      <hr className="border-line" />
      <Properties ticket={ticket} actions={actions} />
    </div>
  );
}
