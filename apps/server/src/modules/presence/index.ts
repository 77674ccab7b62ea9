// Presence: who is at which ticket now, who writes there, and which colleagues are at work. In memory of every process, shared by NOTIFY,
// never stored; whoever says nothing for some seconds is gone. Other modules say who is where by `announce` (a visitor who types in a
// chat: `who.kind` "contact") and hear it by `listen`; people get it on their event stream by the feed. Whoever announces has checked that the
// one announced may be there; the feed shows a ticket's presence only to who works in its project.
// What a member chooses to be seen as (available, busy, away) is stored with the member; that nobody touches the keys is not.
export { createPresenceFeed, type PresenceFeed, type Reader } from "./feed.ts";
export { type Choice, type Presence, startPresence } from "./presence.ts";
export { presenceBindings } from "./routes.ts";
export type { Announcement, Doing, Sighting, Who } from "./state.ts";
