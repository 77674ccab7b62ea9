import { IconButton, Popover } from "@okno/ui";
import { useQuery } from "@tanstack/react-query";
import { Bell as BellIcon } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useCommands } from "../../shared/keys/use-commands.ts";
import { useNarrow } from "../../shared/layout/use-media.ts";
import { useT } from "./messages.ts";
import { notificationCountsQuery } from "./queries.ts";

const Panel = lazy(async () => ({ default: (await import("./panel.tsx")).Panel }));

/** How much is unread, and the way to it. */
export function Bell() {
  const t = useT();
  const narrow = useNarrow();
  const [open, setOpen] = useState(false);
  const { data } = useQuery(notificationCountsQuery);
  const unread = data?.unread ?? 0;
  const label = unread === 0 ? t("open") : t(data?.more ? "open.more" : "open.unread", { count: unread });
  useCommands([
    {
      id: "notifications.open",
      title: t("title"),
      group: "go",
      keys: "g b",
      icon: <BellIcon />,
      run: () => setOpen(true),
    },
  ]);
  return (
    <Popover
      label={t("title")}
      open={open}
      onOpenChange={setOpen}
      align={narrow ? "end" : "start"}
      side={narrow ? "bottom" : "right"}
      width="auto"
      flush
      trigger={
        <IconButton
          size="sm"
          label={label}
          shortcut="g b"
          tooltipSide={narrow ? "bottom" : "right"}
          icon={
            <span className="relative flex">
              <BellIcon />
              {unread > 0 ? (
                <span className="absolute -top-1.5 -right-1.5 min-w-4 rounded-full bg-accent px-1 text-center text-12 leading-4 font-medium text-on-accent tabular-nums">
                  {data?.more ? "99+" : unread}
                </span>
              ) : null}
            </span>
          }
        />
      }
    >
      <Suspense fallback={<div className="h-96 w-96 max-w-full" />}>
        <Panel onDone={() => setOpen(false)} />
      </Suspense>
    </Popover>
  );
}
