import { fromPublicId, toPublicId } from "@okno/contract";
import {
  type ChannelInstance,
  type ChannelPorts,
  type ChannelServer,
  channelRoute,
  defineChannel,
  refuse,
} from "@okno/kit";
import { formRoutes } from "../contract.ts";
import { type FormConfig, formChannel } from "../manifest.ts";
import { conversationPage } from "./conversation-page.ts";
import { embedScript, heightScript } from "./embed.ts";
import { formPage, type Topic } from "./form-page.ts";
import { addressOf, type View } from "./layout.ts";
import { createSendingLimit } from "./limit.ts";
import { externalIdOf, identityOf, type Writer, writerOfOnce, writerOfToken } from "./once.ts";
import { styleSheet } from "./style.ts";
import { emptyState, readSubmission } from "./submit.ts";
import { chooseLocale, type Locale, translator } from "./texts.ts";

const limit = createSendingLimit();
const shownMessages = 100;

type Asked = {
  channel: ChannelInstance;
  query: { lang?: Locale | undefined; embed: boolean };
  headers: Record<string, string | undefined>;
};

function viewOf({ channel, query: { lang, embed }, headers }: Asked): View {
  const locale = chooseLocale(lang, headers["accept-language"], channel.project.locale);
  return { channel, locale, lang, embed, t: translator(locale) };
}

/** The topics of the settings that are still in use, in the order of the settings. */
async function offeredTopics(channel: ChannelInstance, ports: ChannelPorts): Promise<Topic[]> {
  const { topics } = channel.config as FormConfig;
  const inUse = new Map((await ports.topics(channel)).map(({ id, name }) => [toPublicId("topic", id), name]));
  return topics.flatMap((id) => {
    const name = inUse.get(id);
    return name === undefined ? [] : [{ id, name }];
  });
}

const isAllowed = (address: string, channel: ChannelInstance, ports: ChannelPorts) =>
  limit.take(`${channel.id} ${address}`, ports.clock.now());

const form = channelRoute(formRoutes.page, async (call, ports) => {
  const { channel } = call;
  return formPage(viewOf(call), await offeredTopics(channel, ports), emptyState({ channel, ports }));
});

const submit = channelRoute(formRoutes.submit, async (call, ports) => {
  const { channel, address } = call;
  const view = viewOf(call);
  const where = { channel, ports };
  const allowed = isAllowed(address, channel, ports);
  const sent = await readSubmission(where, await call.form(), { locale: view.locale, allowed });
  const topics = await offeredTopics(channel, ports);
  if (!sent.ok) return formPage(view, topics, sent.state);
  const { once, checked, files } = sent;
  const { name, claim, message } = checked;
  const writer = writerOfOnce(where, once);
  const topic = topics.find(({ id }) => id === sent.topic);
  const topicId = topic && fromPublicId("topic", topic.id);
  await ports.receive(channel, {
    externalId: externalIdOf(writer, once, [name, claim?.value, sent.topic, message, files]),
    from: { ...identityOf(writer), verified: true, ...(name && { name }), locale: view.locale },
    ...(claim && { claims: [claim] }),
    body: message,
    ...(topicId && { topicId }),
    attachments: files,
  });
  return { redirect: addressOf(view, `/t/${writer.token}`) };
});

async function conversationOf(channel: ChannelInstance, ports: ChannelPorts, writer: Writer) {
  const found = await ports.conversation(channel, identityOf(writer), { limit: shownMessages });
  if (found.messages.length === 0) throw refuse("not_found");
  return found;
}

const conversation = channelRoute(formRoutes.conversation, async (call, ports) => {
  const { channel, params } = call;
  const writer = writerOfToken({ channel, ports }, params.token);
  const found = await conversationOf(channel, ports, writer);
  const newest = found.messages.findLast(({ direction }) => direction === "out");
  if (newest) await ports.markSeen(channel, identityOf(writer), newest.id, "read");
  return conversationPage(viewOf(call), writer, found, emptyState({ channel, ports }));
});

const reply = channelRoute(formRoutes.reply, async (call, ports) => {
  const { channel, params, address } = call;
  const view = viewOf(call);
  const where = { channel, ports };
  const writer = writerOfToken(where, params.token);
  const allowed = isAllowed(address, channel, ports);
  const sent = await readSubmission(where, await call.form(), { locale: view.locale, allowed });
  if (!sent.ok)
    return conversationPage(view, writer, await conversationOf(channel, ports, writer), sent.state);
  const { once, checked, files } = sent;
  await ports.receive(channel, {
    externalId: externalIdOf(writer, once, [checked.message, files]),
    from: { ...identityOf(writer), verified: true, locale: view.locale },
    body: checked.message,
    attachments: files,
  });
  return { redirect: addressOf(view, `/t/${writer.token}`) };
});

const file = channelRoute(formRoutes.file, async ({ channel, params }, ports) => {
  const writer = writerOfToken({ channel, ports }, params.token);
  const found = await ports.openFile(channel, identityOf(writer), params.id);
  if (!found) throw refuse("not_found");
  return { file: found };
});

const style = channelRoute(formRoutes.style, async ({ channel, query }) => {
  const { css, version } = styleSheet(channel.project.accent);
  const known = query.v === version;
  const cache = known ? "public, max-age=31536000, immutable" : "no-cache";
  return { text: css, type: "text/css; charset=utf-8", headers: { "cache-control": cache } };
});

const script = (text: string) => ({
  text,
  type: "text/javascript; charset=utf-8",
  headers: { "cache-control": "public, max-age=300", "cross-origin-resource-policy": "cross-origin" },
});

/** The form's server half: pages that work without script, from the empty form to the last answer. */
export const formServer: ChannelServer = defineChannel({
  manifest: formChannel,
  routes: [
    form,
    submit,
    conversation,
    reply,
    file,
    style,
    channelRoute(formRoutes.embed, async () => script(embedScript)),
    channelRoute(formRoutes.height, async () => script(heightScript)),
  ],
});
