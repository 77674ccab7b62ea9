import type { Ticket } from "@okno/contract";
import { Avatar, cx, RelativeTime, Select, Tag } from "@okno/ui";
import { Plus } from "lucide-react";
import type { ReactNode } from "react";
import { ChannelGlyph } from "../../shared/channels/channel-glyph.tsx";
import { ContactCard } from "../../shared/contacts/card.tsx";
import { History } from "../../shared/contacts/history.tsx";
import {
  topicPath,
  useChannels,
  useLabels,
  useProjects,
  useTopics,
} from "../../shared/directory/directory.ts";
import { hueOfLabel } from "../../shared/directory/label-hue.ts";
import { useLocale } from "../../shared/i18n/i18n.ts";
import { kindOf } from "../../shared/kinds/kinds.ts";
import { Followers } from "./followers.tsx";
import { Links } from "./links.tsx";
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
        {ticket.channel || !kindOf(ticket.kind) ? (
          <Property name={t("channel")}>
            <ChannelGlyph type={ticket.channelType} className="size-3.5 shrink-0 text-text-3" />
            <bdi className="truncate">{channel?.name ?? ticket.channelType ?? t("channel.none")}</bdi>
          </Property>
        ) : null}
        <Property name={t("created")}>
          <RelativeTime date={new Date(ticket.createdAt)} locale={locale} style="long" />
        </Property>
      </dl>
    </section>
  );
}

function Customer({ ticket }: { ticket: Ticket }) {
  const t = useT();
  const { contact } = ticket;
  if (!contact) return <p className="text-13 text-text-3">{t("customer.none")}</p>;
  return (
    <section aria-label={t("customer")}>
      <h3 className="mb-2.5 text-12 font-semibold text-text-3">{t("customer")}</h3>
      <ContactCard key={contact.id} id={contact.id} name={contact.name} link />
      <section aria-label={t("other.tickets")} className="mt-5">
        <h4 className="mb-1 text-12 font-semibold text-text-3">{t("other.tickets")}</h4>
        <History contact={contact.id} current={ticket.id} />
      </section>
    </section>
  );
}

/** What the ticket is, and who asks. */
export function Details({ ticket, actions }: Props) {
  return (
    <div className="flex flex-col gap-6">
      {ticket.contact || !kindOf(ticket.kind) ? (
        <>
          <Customer ticket={ticket} />
          <hr className="border-line" />
        </>
      ) : null}
      <Properties ticket={ticket} actions={actions} />
      <Links ticket={ticket} />
      <Followers ticket={ticket} />
    </div>
  );
}
