// Followers: who wants to know what happens in a ticket without owning it. Anyone who works in the ticket's project may follow it and let
// others follow. Following is told in the ticket's history and moves it in no list. Who is notified, and how, is for those who read this.
export { addFollowers } from "./followers.ts";
export { followerBindings } from "./routes.ts";
