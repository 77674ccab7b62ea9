import { type Core, channelServers } from "./core.ts";
import { bulkBindings } from "./modules/bulk/index.ts";
import { channelSecretBindings } from "./modules/channels/index.ts";
import { confirmationBindings } from "./modules/confirmations/index.ts";
import { contactBindings } from "./modules/contacts/index.ts";
import { draftBindings } from "./modules/drafts/index.ts";
import { attachmentBindings } from "./modules/files/index.ts";
import { followerBindings } from "./modules/followers/index.ts";
import { journalBindings, type Streams } from "./modules/journal/index.ts";
import { linkBindings } from "./modules/links/index.ts";
import {
  keyBindings,
  keySigningBindings,
  type MemberDeps,
  memberBindings,
  sessionBindings,
} from "./modules/members/index.ts";
import { mergingBindings } from "./modules/merging/index.ts";
import { messageBindings, readMarkBindings } from "./modules/messages/index.ts";
import { notificationBindings } from "./modules/notifications/index.ts";
import { presenceBindings } from "./modules/presence/index.ts";
import { pushBindings } from "./modules/push/index.ts";
import { reportBindings } from "./modules/reports/index.ts";
import { searchBindings } from "./modules/search/index.ts";
import { settingsBindings } from "./modules/settings/index.ts";
import { stepUpBindings } from "./modules/step-up/index.ts";
import { teamBindings } from "./modules/teams/index.ts";
import { ticketActionBindings, ticketBindings } from "./modules/tickets/index.ts";
import { type ViewCounts, viewBindings } from "./modules/views/index.ts";
import { webhookBindings } from "./modules/webhooks/index.ts";
import type { Binding } from "./platform/http/binding.ts";

const showsReading = (type: string) => channelServers.get(type)?.manifest.capabilities.readReceipts ?? false;

/** Every route of the API bound to its operation: a line a resource. */
export function apiBindings(
  core: Core,
  people: MemberDeps,
  { streams, viewCounts }: { streams: Streams; viewCounts: ViewCounts },
): Binding[] {
  return [
    ...sessionBindings(people),
    ...stepUpBindings(people),
    ...memberBindings(people),
    ...keyBindings(people),
    ...keySigningBindings(people),
    ...settingsBindings({ ...people, channelTypes: channelServers }),
    ...teamBindings(people),
    ...ticketBindings(core),
    ...ticketActionBindings(core),
    ...mergingBindings(core),
    ...bulkBindings(core),
    ...viewBindings({ ...core, counts: viewCounts }),
    ...reportBindings(core),
    ...messageBindings(core),
    ...draftBindings(core),
    ...readMarkBindings({ ...core, showsReading }),
    ...channelSecretBindings(core),
    ...confirmationBindings(core),
    ...contactBindings(core),
    ...attachmentBindings(core),
    ...followerBindings(core),
    ...linkBindings(core),
    ...presenceBindings(core),
    ...pushBindings(core),
    ...webhookBindings(core),
    ...notificationBindings({ ...core, changed: core.notifications.changed }),
    ...searchBindings(core),
    ...journalBindings({ ...core, streams }),
  ];
}
