import { apiServer } from "@okno/channel-api/server";
import { formServer } from "@okno/channel-form/server";
import { webchatServer } from "@okno/channel-webchat/server";
import { inquiry } from "@okno/kind-inquiry";
import type { ChannelServer, KindManifest } from "@okno/kit";

/** Every channel of this installation. A new one is a folder and a line here. */
export const channels: readonly ChannelServer[] = [apiServer, formServer, webchatServer];

/** Every kind of ticket of this installation. */
export const kinds: readonly KindManifest[] = [inquiry];
