export {
  type ChannelUnderTest,
  channelConformance,
  type Entrance,
  type Guarantee,
  type SendCase,
} from "./channel-conformance.ts";
export { findChromium, launchChromium } from "./chromium.ts";
