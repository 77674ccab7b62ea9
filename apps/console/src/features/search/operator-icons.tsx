import type { SearchOperator } from "@okno/contract/search-query";
import {
  Cable,
  CalendarDays,
  CircleDot,
  Folder,
  ListTree,
  Tag,
  UserRound,
  UserRoundCheck,
} from "lucide-react";
import type { ReactNode } from "react";

export const operatorIcons: Readonly<Record<SearchOperator, ReactNode>> = {
  from: <UserRound aria-hidden="true" />,
  topic: <ListTree aria-hidden="true" />,
  label: <Tag aria-hidden="true" />,
  assignee: <UserRoundCheck aria-hidden="true" />,
  project: <Folder aria-hidden="true" />,
  channel: <Cable aria-hidden="true" />,
  phase: <CircleDot aria-hidden="true" />,
  after: <CalendarDays aria-hidden="true" />,
  before: <CalendarDays aria-hidden="true" />,
};
