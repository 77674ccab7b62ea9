import type { Member } from "@okno/contract";
import { Avatar } from "@okno/ui";
import { useStatusOf } from "./status.ts";

const dots = { available: "good", busy: "soon", away: "quiet" } as const;

type Props = {
  member: Pick<Member, "id" | "name" | "availability">;
  size?: "sm" | "md" | undefined;
};

/** A colleague's face with how they are to be seen. The words for it stand beside it: the dot alone says nothing. */
export function MemberAvatar({ member, size }: Props) {
  const statusOf = useStatusOf();
  const { status, words } = statusOf(member);
  return (
    <Avatar
      name={member.name}
      seed={member.id}
      size={size}
      presence={words}
      presenceTone={dots[status]}
      decorative
    />
  );
}
