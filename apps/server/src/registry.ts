import { apiServer } from "@okno/channel-api/server";
import { formServer } from "@okno/channel-form/server";
import { webchatServer } from "@okno/channel-webchat/server";
import { inquiry } from "@okno/kind-inquiry";
import { payoutServer } from "@okno/kind-payout/server";
import type { ChannelServer, KindServer } from "@okno/kit";

/** Every channel of this installation. A new one is a folder and a line here. */
export const channels: readonly ChannelServer[] = [apiServer, formServer, webchatServer];

/** Every kind of ticket of this installation. */
export const kinds: readonly KindServer[] = [{ manifest: inquiry }, payoutServer];
