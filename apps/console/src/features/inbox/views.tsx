import type { View as SavedViewOf } from "@okno/contract";
import {
  Bug,
  CircleCheck,
  Clock,
  CreditCard,
  Eye,
  Flag,
  Flame,
  Heart,
  Hourglass,
  Inbox,
  Layers,
  MessageCircle,
  Phone,
  ShoppingCart,
  Star,
  Tag,
  Truck,
  UserRound,
  UsersRound,
} from "lucide-react";
import type { ReactNode } from "react";
import { type BuiltInView, isSaved, type View } from "../../shared/tickets/filters.ts";
import { useSavedView } from "../../shared/views/queries.ts";
import { useT } from "./messages.ts";

export const viewIcons: Readonly<Record<BuiltInView, ReactNode>> = {
  mine: <UserRound />,
  unassigned: <Inbox />,
  unanswered: <Hourglass />,
  waiting: <Clock />,
  completed: <CircleCheck />,
  all: <Layers />,
};

/** `g` and then the letter goes to the view. */
export const viewKeys: Readonly<Record<BuiltInView, string>> = {
  mine: "g i",
  unassigned: "g u",
  unanswered: "g n",
  waiting: "g w",
  completed: "g e",
  all: "g a",
};

/** What a saved view may wear. */
export const savedIcons: Readonly<Record<SavedViewOf["icon"], ReactNode>> = {
  inbox: <Inbox />,
  star: <Star />,
  flag: <Flag />,
  clock: <Clock />,
  flame: <Flame />,
  user: <UserRound />,
  users: <UsersRound />,
  tag: <Tag />,
  message: <MessageCircle />,
  phone: <Phone />,
  cart: <ShoppingCart />,
  truck: <Truck />,
  card: <CreditCard />,
  bug: <Bug />,
  eye: <Eye />,
  heart: <Heart />,
};

/** The name of a view in the reader's language, or as its author named it. */
export function useViewTitle(view: View): string {
  const t = useT();
  const saved = useSavedView(view);
  return isSaved(view) ? (saved?.name ?? "…") : t(`view.${view}`);
}
