import type { Ticket } from "@okno/contract";
import { Avatar, Button, FilterableMenu, IconButton, Tooltip } from "@okno/ui";
import { Bell, BellOff, UserPlus } from "lucide-react";
import { assignable, useMembers } from "../../shared/directory/directory.ts";
import { useFollowers } from "./together.ts";
import { useT } from "./together-messages.ts";

/** More faces than this say no more. */
const mostFaces = 7;

/** In the card: who follows the ticket. */
export function Followers({ ticket }: { ticket: Ticket }) {
  const t = useT();
  const { followers = [], following, toggle, add, remove } = useFollowers(ticket.id);
  const people = assignable(useMembers(), ticket.project);
  const more = followers.length - mostFaces;
  const toggleMember = (id: string) => {
    const person = people.find((member) => member.id === id);
    if (followers.some(({ member }) => member === id)) void remove(id);
    else if (person) void add(person);
  };
  return (
    <section aria-label={t("followers")} data-testid="followers">
      <div className="flex min-h-7 items-center justify-between gap-2">
        <h3 className="text-12 font-semibold text-text-3">{t("followers")}</h3>
        <span className="flex items-center">
          <Button
            size="sm"
            variant="ghost"
            icon={following ? <BellOff /> : <Bell />}
            shortcut="w"
            onClick={toggle}
          >
            {following ? t("unfollow") : t("follow")}
          </Button>
          <FilterableMenu
            multiple
            align="end"
            label={t("follow.add")}
            filterPlaceholder={t("follow.filter")}
            emptyText={t("follow.empty")}
            selected={followers.map(({ member }) => member)}
            items={people.map(({ id, name }) => ({
              id,
              label: name,
              icon: <Avatar size="sm" name={name} seed={id} decorative />,
            }))}
            onSelect={toggleMember}
            trigger={<IconButton size="sm" label={t("follow.add")} icon={<UserPlus />} />}
          />
        </span>
      </div>
      {followers.length === 0 ? (
        <p className="text-13 text-text-3">{t("followers.none")}</p>
      ) : (
        <ul className="mt-1 flex flex-wrap items-center gap-1">
          {followers.slice(0, mostFaces).map(({ member, name }) => (
            <li key={member} className="flex">
              <Tooltip text={<bdi>{name}</bdi>}>
                <span className="flex">
                  <Avatar size="sm" name={name} seed={member} />
                </span>
              </Tooltip>
            </li>
          ))}
          {more > 0 ? <li className="text-12 text-text-3 tabular-nums">+{more}</li> : null}
        </ul>
      )}
    </section>
  );
}
