import type { Notification as Told } from "@okno/contract";
import { toast } from "@okno/ui";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useEffectEvent } from "react";
import { queryClient } from "../../shared/api/query-client.ts";
import { useNotificationFrames, useResync } from "../../shared/live/live.ts";
import { serviceWorker } from "../../shared/offline/service-worker.ts";
import { keepUntilLeaving } from "../../shared/session/leaving.ts";
import { chime } from "./chime.ts";
import { deliveryOf, joinTabs } from "./deliver.ts";
import { tr } from "./messages.ts";
import { dropPush, renewPush } from "./push.ts";
import {
  markSeen,
  notificationCountsQuery,
  notificationSettingsQuery,
  placeOf,
  refreshNotifications,
  whoOf,
} from "./queries.ts";

/** A ticket passed on the way to another has not been read. */
const settleMs = 400;

function lineOf(frame: Told): { title: string; text: string } {
  const who = whoOf(frame, { system: tr("system"), someone: tr("someone") });
  return {
    title: tr(`kind.${frame.kind}`, { who }),
    text: frame.ticket ? `№ ${frame.ticket.number} · ${frame.ticket.subject}` : (frame.webhook?.name ?? ""),
  };
}

async function showInBrowser(frame: Told, open: (frame: Told) => void): Promise<void> {
  const { title, text } = lineOf(frame);
  const ticket = frame.ticket?.id ?? null;
  const webhook = frame.webhook?.id;
  // One line a ticket: the newest takes the place of the one before.
  const looks = { body: text, tag: ticket ?? webhook ?? frame.id, icon: "/icon-192.png" };
  const registration = await serviceWorker();
  if (registration?.active) {
    // Through the service worker, so that a push of the same news takes its place. On Android it is the only way.
    await registration.showNotification(title, {
      ...looks,
      badge: "/badge-96.png",
      data: { ticket, webhook },
    } as NotificationOptions);
    return;
  }
  const shown = new Notification(title, looks);
  shown.onclick = () => {
    window.focus();
    open(frame);
    shown.close();
  };
}

/** Tells the reader what concerns them, in the way they chose. `current` is the ticket on the screen: its news is seen anyway. */
export function useNotificationsLive(current: string | undefined, member: string): void {
  const navigate = useNavigate();
  const open = (frame: Told) => void navigate(placeOf(frame));
  const see = useEffectEvent(async () => {
    if (!current || document.visibilityState !== "visible") return;
    // Walking through a list is no reason to ask the server at every step.
    if (queryClient.getQueryData(notificationCountsQuery.queryKey)?.unread === 0) return;
    await markSeen({ ticket: current }).catch(() => undefined);
  });
  const hear = useEffectEvent(async (frame: Told) => {
    if (frame.ticket && frame.ticket.id === current && document.visibilityState === "visible") {
      await markSeen({ ticket: frame.ticket.id }).catch(refreshNotifications);
      return;
    }
    refreshNotifications();
    const settings = await queryClient.ensureQueryData(notificationSettingsQuery);
    const delivery = await deliveryOf(frame, settings, new Date());
    if (delivery === "page") {
      const { title, text } = lineOf(frame);
      const label = tr(frame.ticket ? "go.to" : "go.to.webhook");
      toast({ title, text, action: { label, onAction: () => open(frame) } });
    }
    if (delivery === "browser") {
      await showInBrowser(frame, open);
      if (settings.sound) await chime();
    }
  });
  useNotificationFrames(({ told }) => {
    for (const each of told) void hear(each).catch(() => undefined);
    if (told.length > 0) return;
    refreshNotifications();
    void queryClient.invalidateQueries({ queryKey: notificationSettingsQuery.queryKey });
  });
  useResync(refreshNotifications);
  useEffect(() => joinTabs(), []);
  // What is opened has been seen, once it is looked at.
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at once for each ticket, and when the reader is back
  useEffect(() => {
    const settled = setTimeout(() => void see(), settleMs);
    const back = () => void see();
    document.addEventListener("visibilitychange", back);
    return () => {
      clearTimeout(settled);
      document.removeEventListener("visibilitychange", back);
    };
  }, [current]);
  useEffect(() => {
    void renewPush(member).catch(() => undefined);
    return keepUntilLeaving({ handOver: async () => true, forget: () => void dropPush() });
  }, [member]);
}
