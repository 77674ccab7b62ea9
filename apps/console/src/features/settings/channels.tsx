import type { Channel, Project } from "@okno/contract";
import { Badge, Button, EmptyState, formatRelative } from "@okno/ui";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { ChevronRight, Plus } from "lucide-react";
import { useState } from "react";
import { ChannelGlyph } from "../../shared/channels/channel-glyph.tsx";
import { channelsQuery } from "../../shared/directory/directory.ts";
import { useLocale } from "../../shared/i18n/i18n.ts";
import { AddChannel } from "./add-channel.tsx";
import { useT, useTypeName } from "./channel-messages.ts";
import { useT as useCommonT } from "./messages.ts";
import { Loaded, Rows, SettingsPage } from "./page.tsx";
import { WithProject } from "./project-choice.tsx";

function ChannelRow({ channel }: { channel: Channel }) {
  const t = useT();
  const locale = useLocale();
  const typeName = useTypeName();
  const last = channel.lastMessageAt
    ? t("last.message", {
        when: formatRelative(new Date(channel.lastMessageAt), new Date(), locale, { style: "long" }),
      })
    : t("no.messages");
  return (
    <li>
      <Link
        to="/settings/channels/$channel"
        params={{ channel: channel.id }}
        className="flex items-center gap-4 rounded-panel px-4 py-3 transition-colors hover:bg-hover focus-visible:-outline-offset-2"
      >
        <ChannelGlyph type={channel.type} className="size-5 shrink-0 text-text-3" />
        <span className="min-w-0 flex-1">
          <span className="block text-14 font-medium [overflow-wrap:anywhere]">{channel.name}</span>
          <span className="block text-13 text-text-3">{`${typeName(channel.type).name} · ${last}`}</span>
        </span>
        {channel.enabled ? null : <Badge>{t("closed")}</Badge>}
        <ChevronRight aria-hidden="true" className="size-4 shrink-0 text-text-3" />
      </Link>
    </li>
  );
}

function List({ project, channels }: { project: Project; channels: readonly Channel[] }) {
  const t = useT();
  const common = useCommonT();
  const navigate = useNavigate();
  const [adding, setAdding] = useState(false);
  const add = (
    <Button variant="primary" icon={<Plus />} onClick={() => setAdding(true)}>
      {t("add")}
    </Button>
  );
  return (
    <>
      {channels.length === 0 ? (
        <EmptyState title={t("channels.none")} text={t("channels.none.text")} action={add} />
      ) : (
        <>
          <div>{add}</div>
          <Rows label={common("nav.channels")}>
            {channels.map((channel) => (
              <ChannelRow key={channel.id} channel={channel} />
            ))}
          </Rows>
        </>
      )}
      {adding ? (
        <AddChannel
          project={project.id}
          onClose={() => setAdding(false)}
          onAdded={({ id }) => void navigate({ to: "/settings/channels/$channel", params: { channel: id } })}
        />
      ) : null}
    </>
  );
}

/** The channels of a project. */
export function Channels() {
  const t = useT();
  const common = useCommonT();
  const query = useQuery(channelsQuery);
  return (
    <SettingsPage title={common("nav.channels")} text={t("channels.text")}>
      <WithProject>
        {(project) => (
          <Loaded query={query}>
            {(channels) => (
              <List
                key={project.id}
                project={project}
                channels={channels.filter((channel) => channel.project === project.id)}
              />
            )}
          </Loaded>
        )}
      </WithProject>
    </SettingsPage>
  );
}
