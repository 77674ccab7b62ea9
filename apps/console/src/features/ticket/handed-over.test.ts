import type { Message, TicketEvent } from "@okno/contract";
import { expect, test } from "vitest";
import { handedOver } from "./handed-over.tsx";

const me = "mem_me";
const boris = "mem_boris";
let seq = 100;
/** Newest first, as the history is. */
const event = (type: string, actor: string, data: object = {}): TicketEvent =>
  ({ type, seq: --seq, actor: { kind: "member", id: actor, name: actor }, data }) as unknown as TicketEvent;
const toMe = () => event("ticket.transferred", boris, { from: boris, to: me, note: "msg_note" });
const note = { id: "msg_note", body: "Звонить после шести" } as Message;

test("the newest handing over to the reader is found with its note, whatever customers wrote since", () => {
  const customer = {
    ...event("message.added", "con_1"),
    actor: { kind: "contact", id: "con_1", name: "К" },
  } as TicketEvent;
  expect(handedOver(me, [customer, toMe(), event("ticket.created", boris)], [note])).toMatchObject({
    note,
    toTeam: false,
  });
});

test("once the reader has done anything, or a colleague has answered, it is settled", () => {
  expect(handedOver(me, [event("ticket.changed", me), toMe()], [note])).toBeUndefined();
  expect(handedOver(me, [event("message.added", boris), toMe()], [note])).toBeUndefined();
});

test("what was handed over to somebody else is not shown; what went to a team nobody has taken from is", () => {
  const elsewhere = event("ticket.transferred", boris, { to: "mem_other", note: "msg_note" });
  expect(handedOver(me, [elsewhere, toMe()], [note])).toBeUndefined();
  const team = event("ticket.transferred", boris, {
    to: null,
    team: { from: null, to: "tea_1" },
    note: "msg_note",
  });
  expect(handedOver(me, [team], [note])).toMatchObject({ toTeam: true });
});
