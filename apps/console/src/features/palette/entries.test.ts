import { describe, expect, test } from "vitest";
import type { ListedCommand } from "../../shared/keys/use-commands.ts";
import type { TicketFacts } from "../../shared/tickets/filters.ts";
import { beforeTyping, findLocally } from "./entries.ts";
import type { Sources } from "./sources.ts";

const command = (id: string, title: string, group: ListedCommand["group"]): ListedCommand => ({
  id,
  title,
  group,
  keys: [],
  keywords: undefined,
  icon: undefined,
});

const ticket = (number: number, subject: string, name: string | null = null) =>
  ({ id: `tkt_${number}`, number, subject, contact: name && { id: `cnt_${name}`, name } }) as TicketFacts;

const sources: Sources = {
  tickets: [ticket(1204, "Не пришёл заказ", "Иван Петров"), ticket(120, "Заказ отменён", "Иван Петров")],
  recent: [ticket(120, "Заказ отменён", "Иван Петров")],
  people: [],
  projects: [],
  topics: [],
  labels: [],
};
const commands = [
  command("ticket.complete", "Завершить", "ticket"),
  command("go.completed", "Завершённые", "go"),
  command("account.theme.dark", "Тема: Тёмная", "account"),
];
const find = (query: string) =>
  findLocally(sources, commands, query, (group) => group).map((section) => [
    section.of,
    section.entries.map((entry) => entry.id),
  ]);

describe("what the palette finds by itself", () => {
  test("a ticket by its number, the whole number first, with or without its sign", () => {
    expect(find("#120")).toEqual([["ticket", ["ticket tkt_120", "ticket tkt_1204"]]]);
    expect(find("№ 1204")).toEqual([["ticket", ["ticket tkt_1204"]]]);
  });

  test("a customer once, however many tickets there are, and their tickets after", () => {
    expect(find("петров")).toEqual([
      ["contact", ["contact cnt_Иван Петров"]],
      ["ticket", ["ticket tkt_1204", "ticket tkt_120"]],
    ]);
  });

  test("sections stand by their best line", () => {
    expect(find("за").map(([of]) => of)).toEqual(["do ticket", "do go", "ticket"]);
    expect(find("заказ").map(([of]) => of)).toEqual(["ticket"]);
  });

  test("before anything is typed: recent tickets, then everything that can be done here", () => {
    expect(beforeTyping(sources.recent, commands).map((section) => section.of)).toEqual([
      "recent",
      "do ticket",
      "do go",
      "do account",
    ]);
  });
});
