import type { Channel } from "@okno/contract";
import { CopyField } from "@okno/ui";
import { ExternalLink } from "lucide-react";
import { useT } from "./channel-messages.ts";
import { useT as useCommonT } from "./messages.ts";

/** What to paste or to give away, so that requests come in by this channel. */
export function Connect({ channel }: { channel: Channel }) {
  const t = useT();
  const common = useCommonT();
  const origin = window.location.origin;
  const copy = { copyLabel: common("copy"), copiedLabel: common("copied") };
  const form = `${origin}/form/${channel.publicKey}`;
  switch (channel.type) {
    case "webchat":
      return (
        <CopyField
          value={`<script src="${origin}/chat/${channel.publicKey}/loader.js" async></script>`}
          label={t("webchat.label")}
          note={t("webchat.text")}
          {...copy}
        />
      );
    case "form":
      return (
        <>
          <CopyField value={form} label={t("form.label")} note={t("form.text")} {...copy} />
          <a
            href={form}
            target="_blank"
            rel="noreferrer"
            className="inline-flex items-center gap-1.5 self-start text-14 text-accent hover:underline"
          >
            {t("form.open")}
            <ExternalLink aria-hidden="true" className="size-4" />
          </a>
        </>
      );
    case "api":
      return (
        <CopyField value={`${origin}/v1/tickets`} label={t("api.label")} note={t("api.text")} {...copy} />
      );
    default:
      return <CopyField value={channel.publicKey} label={t("key.label")} note={t("key.text")} {...copy} />;
  }
}
