import { CircleCheck, Clock, Inbox, Layers, UserRound } from "lucide-react";
import type { ReactNode } from "react";
import type { View } from "../../shared/tickets/filters.ts";

export const viewIcons: Readonly<Record<View, ReactNode>> = {
  mine: <UserRound />,
  unassigned: <Inbox />,
  waiting: <Clock />,
  completed: <CircleCheck />,
  all: <Layers />,
};

/** `g` and then the letter goes to the view. */
export const viewKeys: Readonly<Record<View, string>> = {
  mine: "g i",
  unassigned: "g u",
  waiting: "g w",
  completed: "g e",
  all: "g a",
};
