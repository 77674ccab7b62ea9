import { type ChannelAnswer, type ChannelInstance, type ChannelPorts, html, refuse } from "@okno/kit";
import type { WebchatConfig } from "../manifest.ts";
import { deskOf } from "./desk.ts";
import { presentConfig } from "./present.ts";

const never = "no-cache";
const forEver = "public, max-age=31536000, immutable";

/** JSON that may stand inside a script: the two line ends that JSON allows and old script does not are escaped. */
const scriptJson = (value: unknown) =>
  JSON.stringify(value)
    .replace(/</gu, "\\u003c")
    .replace(/\u2028/gu, "\\u2028")
    .replace(/\u2029/gu, "\\u2029");

/** The built loader with this channel's name and colours in it: one request, and nothing for the host's policy to forbid. */
export function loaderScript(channel: ChannelInstance, ports: ChannelPorts): ChannelAnswer {
  const loader = ports.asset("loader.js");
  if (!loader) throw refuse("not_found");
  const { key, title, locale, accent } = presentConfig(channel);
  // A function, so that a "$&" in a name is no pattern.
  const text = loader.bytes
    .toString("utf8")
    .replace("__OKNO_CHAT__", () => scriptJson({ key, title, locale, accent }));
  const headers = {
    "cache-control": "public, max-age=300",
    "cross-origin-resource-policy": "cross-origin",
  };
  return { text, type: loader.type, headers };
}

export function framePolicy({ allowedOrigins }: WebchatConfig): string {
  const ancestors = allowedOrigins && allowedOrigins.length > 0 ? `'self' ${allowedOrigins.join(" ")}` : "*";
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' blob: data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${ancestors}`,
  ].join("; ");
}

/** The page inside the frame: everything it draws is drawn by its script, from the settings in its `data-config`. */
export async function framePage(
  channel: ChannelInstance,
  ports: ChannelPorts,
  lang: "ru" | "en" | undefined,
): Promise<ChannelAnswer> {
  const config = { ...presentConfig(channel), desk: await deskOf(channel, ports) };
  const script = ports.asset("frame.js");
  const style = ports.asset("frame.css");
  if (!script || !style) throw refuse("not_found");
  const page = html`<!doctype html>
<html lang="${lang ?? config.locale}" data-lang="${lang ?? ""}" data-config="${JSON.stringify(config)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${config.title}</title>
<link rel="stylesheet" href="assets/frame.css?v=${style.version}">
<script type="module" src="assets/frame.js?v=${script.version}"></script>
</head>
<body></body>
</html>
`;
  return {
    html: String(page),
    headers: {
      "content-security-policy": framePolicy(channel.config as WebchatConfig),
      "cache-control": never,
    },
  };
}

export function frameAsset(ports: ChannelPorts, file: string, version: string | undefined): ChannelAnswer {
  const asset = ports.asset(file);
  if (!asset) throw refuse("not_found");
  return { asset, headers: { "cache-control": version === asset.version ? forEver : never } };
}
