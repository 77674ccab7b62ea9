import { type ChannelServer, defineChannel } from "@okno/kit";
import { apiChannel } from "../manifest.ts";

// The contract's own routes are this channel's entrance; there is nothing to parse and nothing to send.
export const apiServer: ChannelServer = defineChannel({ manifest: apiChannel });
