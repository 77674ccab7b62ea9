import type { Follower, Relation, TicketLink } from "@okno/contract";
import { toast } from "@okno/ui";
import { queryOptions, useQuery } from "@tanstack/react-query";
import { api } from "../../shared/api/client.ts";
import { errorMessage, isRefusal } from "../../shared/api/error-message.ts";
import { queryClient } from "../../shared/api/query-client.ts";
import { useLiveEvents, useResync } from "../../shared/live/live.ts";
import { useMe } from "../../shared/session/session.ts";
import { refreshLists } from "../../shared/tickets/refresh.ts";
import { tr } from "./together-messages.ts";

function followersQuery(id: string) {
  return queryOptions({
    queryKey: ["ticket", id, "followers"],
    queryFn: async ({ signal }): Promise<Follower[]> =>
      (await api.followers.list({ params: { id }, signal })).data,
  });
}

function linksQuery(id: string) {
  return queryOptions({
    queryKey: ["ticket", id, "links"],
    queryFn: async ({ signal }): Promise<TicketLink[]> =>
      (await api.links.list({ params: { id }, signal })).data,
  });
}

function complain(error: unknown): void {
  const title = isRefusal(error, "already_exists")
    ? tr("link.parent")
    : tr("failed", { why: errorMessage(error) });
  toast({ title, tone: "late" });
}

/** Who follows the ticket, and letting people follow it. Shown at once, put back if the server refuses. */
export function useFollowers(ticket: string) {
  const { data: followers } = useQuery(followersQuery(ticket));
  const { member: me } = useMe();
  const key = followersQuery(ticket).queryKey;
  const run = async (guess: (all: Follower[]) => Follower[], call: () => Promise<{ data: Follower[] }>) => {
    await queryClient.cancelQueries({ queryKey: key });
    queryClient.setQueryData<Follower[]>(key, (all) => all && guess(all));
    try {
      queryClient.setQueryData<Follower[]>(key, (await call()).data);
      void refreshLists();
    } catch (error) {
      complain(error);
      void queryClient.invalidateQueries({ queryKey: key });
    }
  };
  const add = ({ id, name }: { id: string; name: string }) =>
    run(
      (all) => [
        ...all.filter(({ member }) => member !== id),
        { member: id, name, followedAt: new Date().toISOString() },
      ],
      () => api.followers.add({ params: { id: ticket, member: id } }),
    );
  const remove = (id: string) =>
    run(
      (all) => all.filter(({ member }) => member !== id),
      () => api.followers.remove({ params: { id: ticket, member: id } }),
    );
  const following = followers?.some(({ member }) => member === me.id) ?? false;
  const toggle = () => void (following ? remove(me.id) : add(me));
  return { followers, following, toggle, add, remove };
}

/** The tickets that belong together with this one. */
export function useLinks(ticket: string) {
  const { data: links } = useQuery(linksQuery(ticket));
  const key = linksQuery(ticket).queryKey;
  const link = async (other: { id: string; number: number }, relation: Relation) => {
    try {
      const { data } = await api.links.put({ params: { id: ticket, other: other.id }, body: { relation } });
      queryClient.setQueryData<TicketLink[]>(key, data);
      toast({
        title: tr("linked", { number: other.number }),
        tone: "good",
        action: { label: tr("undo"), shortcut: "z", onAction: () => void unlink(other) },
      });
    } catch (error) {
      complain(error);
    }
  };
  const unlink = async (other: { id: string; number: number }, undo?: () => void) => {
    try {
      const { data } = await api.links.remove({ params: { id: ticket, other: other.id } });
      queryClient.setQueryData<TicketLink[]>(key, data);
      const action = undo && { label: tr("undo"), shortcut: "z", onAction: undo };
      toast({ title: tr("unlinked", { number: other.number }), action });
    } catch (error) {
      complain(error);
    }
  };
  return {
    links,
    link,
    unlink: ({ other, relation }: TicketLink) => unlink(other, () => void link(other, relation)),
  };
}

/** Keeps both equal to the server while the ticket is open: also a linked ticket's subject and phase. */
export function useTogetherLive(ticket: string): void {
  const again = (queryKey: readonly unknown[]) => void queryClient.invalidateQueries({ queryKey });
  useLiveEvents((event) => {
    if (event.ticket === null) return;
    const own = event.ticket === ticket;
    if (own && /^ticket\.(un)?followed$/u.test(event.type)) again(followersQuery(ticket).queryKey);
    const links = queryClient.getQueryData<TicketLink[]>(linksQuery(ticket).queryKey);
    const far = links?.find(({ other }) => other.id === event.ticket)?.other;
    const moved = far && (event.current?.phase !== far.phase || event.current.subject !== far.subject);
    if (moved || (own && /^ticket\.(un)?linked$/u.test(event.type))) again(linksQuery(ticket).queryKey);
  });
  useResync(() => {
    again(followersQuery(ticket).queryKey);
    again(linksQuery(ticket).queryKey);
  });
}
