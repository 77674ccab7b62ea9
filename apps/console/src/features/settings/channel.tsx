import type { Channel } from "@okno/contract";
import { Button, EmptyState, Field, FormRow, Switch, TextField } from "@okno/ui";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { ArrowLeft } from "lucide-react";
import { useState } from "react";
import { api } from "../../shared/api/client.ts";
import { errorMessage } from "../../shared/api/error-message.ts";
import { channelsQuery, useProjects } from "../../shared/directory/directory.ts";
import { useT, useTypeName } from "./channel-messages.ts";
import { ChannelSecrets } from "./channel-secrets.tsx";
import { ConfigForm } from "./config-form.tsx";
import { Connect } from "./connect.tsx";
import { useT as useCommonT } from "./messages.ts";
import { Loaded, SettingsPage } from "./page.tsx";
import { useSave } from "./use-save.ts";

const stale = [channelsQuery.queryKey];

function NameForm({ channel }: { channel: Channel }) {
  const t = useT();
  const common = useCommonT();
  const [name, setName] = useState(channel.name);
  const empty = name.trim() === "";
  const { mutate, isPending, error } = useSave(
    () => api.channels.update({ params: { id: channel.id }, body: { name } }),
    { stale, done: common("saved") },
  );
  return (
    <form
      noValidate
      className="flex flex-wrap items-start gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (!empty && !isPending) mutate(undefined);
      }}
    >
      <Field
        label={t("name")}
        hideLabel
        error={empty ? common("name.empty") : error && errorMessage(error)}
        className="flex-1 basis-56"
      >
        <TextField maxLength={100} value={name} onChange={(event) => setName(event.target.value)} />
      </Field>
      <Button type="submit" busy={isPending} disabled={empty || name === channel.name}>
        {common("save")}
      </Button>
    </form>
  );
}

function OpenSwitch({ channel }: { channel: Channel }) {
  const t = useT();
  const { mutate, isPending } = useSave(
    (enabled: boolean) => api.channels.update({ params: { id: channel.id }, body: { enabled } }),
    { stale, done: channel.enabled ? t("state.closed") : t("state.opened"), sayFailure: true },
  );
  return (
    <Switch label={t("state.on")} checked={channel.enabled} disabled={isPending} onCheckedChange={mutate} />
  );
}

function ChannelSettings({ channel }: { channel: Channel }) {
  const t = useT();
  const projects = useProjects();
  const typeName = useTypeName();
  const project = projects.find(({ id }) => id === channel.project)?.name;
  return (
    <SettingsPage
      title={channel.name}
      text={[typeName(channel.type).name, project].filter(Boolean).join(" · ")}
    >
      <FormRow title={t("address")}>
        <Connect channel={channel} />
      </FormRow>
      <FormRow title={t("look")}>
        <ConfigForm channel={channel} />
      </FormRow>
      {channel.type === "webchat" ? (
        <FormRow title={t("secrets")} text={t("secrets.text")}>
          <ChannelSecrets channel={channel} />
        </FormRow>
      ) : null}
      <FormRow title={t("name")} text={t("name.text")}>
        <NameForm channel={channel} />
      </FormRow>
      <FormRow title={t("state")} text={t("state.text")}>
        <OpenSwitch channel={channel} />
      </FormRow>
    </SettingsPage>
  );
}

/** One channel: how to connect it, how it looks, whether it is open. */
export function ChannelPage() {
  const t = useT();
  const common = useCommonT();
  const { channel: id } = useParams({ strict: false });
  const query = useQuery(channelsQuery);
  return (
    <>
      <div className="mx-auto w-full max-w-4xl px-8 pt-4 max-md:hidden">
        <Link
          to="/settings/channels"
          className="inline-flex h-8 items-center gap-1.5 text-13 text-text-3 transition-colors hover:text-text-1"
        >
          <ArrowLeft aria-hidden="true" className="size-4" />
          {common("back.channels")}
        </Link>
      </div>
      <Loaded query={query}>
        {(channels) => {
          const channel = channels.find((each) => each.id === id);
          return channel ? (
            <ChannelSettings key={channel.id} channel={channel} />
          ) : (
            <EmptyState title={t("gone")} text={t("gone.text")} />
          );
        }}
      </Loaded>
    </>
  );
}
