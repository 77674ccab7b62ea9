import type { DemoContactField, DemoTeam, DemoTicket, DemoView } from "./types.ts";

/** Who works together. A ticket that nobody has taken and whose topic lies under one of `topics` belongs to the team. */
export const teams: DemoTeam[] = [
  {
    key: "tea.delivery",
    project: "tea",
    name: "Доставка",
    hue: "blue",
    members: ["anna", "ilya"],
    topics: ["tea.order", "tea.where", "tea.change", "tea.address", "tea.cancel"],
  },
  {
    key: "soyka.network",
    project: "soyka",
    name: "Сеть и связь",
    hue: "violet",
    members: ["anna", "timur"],
    topics: ["soyka.net", "soyka.slow", "soyka.voice", "soyka.nosignal", "soyka.roaming"],
  },
  {
    key: "harbour.returns",
    project: "harbour",
    name: "Returns",
    hue: "amber",
    members: ["emma", "james"],
    topics: ["harbour.returns", "harbour.return", "harbour.refund", "harbour.exchange"],
  },
];

const open = { field: "phase", op: "is", value: ["open"] } as const;
const unanswered = (amount: number) =>
  ({ field: "waiting", op: "longerThan", value: { amount, unit: "hours" } }) as const;

/** Ways of looking: one of the main operator's own, the others for everybody. */
export const views: DemoView[] = [
  {
    name: "Больше часа",
    icon: "clock",
    hue: "amber",
    sort: "waiting",
    condition: { all: [open, unanswered(1)] },
  },
  {
    owner: "anna",
    name: "Слежу",
    icon: "eye",
    hue: "teal",
    sort: "activity",
    condition: { all: [{ field: "follower", op: "is", value: ["me"] }] },
  },
  {
    owner: "anna",
    name: "Срочное",
    icon: "flame",
    hue: "red",
    sort: "important",
    condition: { all: [open, { field: "priority", op: "atLeast", value: "high" }] },
  },
  {
    project: "harbour",
    name: "Over an hour",
    icon: "clock",
    hue: "amber",
    sort: "waiting",
    condition: { all: [open, unanswered(1)] },
  },
];

/** What is known of a customer beside name and addresses, with values by turns. */
export const contactFields: DemoContactField[] = [
  { project: "tea", name: "Город", kind: "text", values: ["Архангельск", "Москва", "Казань", "Пермь"] },
  {
    project: "tea",
    name: "Уровень в клубе",
    kind: "choice",
    choices: ["Новичок", "Знаток", "Хранитель"],
    values: ["Знаток", "Новичок", "Хранитель"],
  },
  {
    project: "soyka",
    name: "Лицевой счёт",
    kind: "text",
    values: ["40-118-275", "40-330-914", "41-002-667"],
  },
  { project: "harbour", name: "Trade account", kind: "boolean", values: [false, true] },
];

/** What customers said of how it went; the words belong to a score. */
export const ratings: Record<string, [score: number, words: string | null][]> = {
  ru: [
    [5, "Быстро и по-человечески, спасибо!"],
    [5, null],
    [4, "Всё решили, но пришлось подождать."],
    [2, "Отвечали долго."],
    [5, null],
  ],
  en: [
    [5, "Lovely service, thank you."],
    [4, null],
    [5, null],
  ],
};

/** The team a ticket was put into when it came. */
export function teamOf(ticket: DemoTicket): DemoTeam | undefined {
  const taken = ticket.events.some(({ type }) => ["claim", "assign", "transfer"].includes(type));
  const { project, topic } = ticket;
  return taken
    ? undefined
    : teams.find((team) => team.project === project && team.topics.includes(topic ?? ""));
}
