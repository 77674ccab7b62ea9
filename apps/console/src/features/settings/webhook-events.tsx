import { eventTypes } from "@okno/contract";
import { Button, FilterableMenu, RadioGroup, Tag } from "@okno/ui";
import { Plus } from "lucide-react";
import { useT } from "./webhook-messages.ts";

const groups = [...new Set(eventTypes.map((type) => type.slice(0, type.indexOf("."))))];

/** Each sort of event by its pattern, then its events one by one. Names are what the programs on the other side compare. */
function useEventItems() {
  const t = useT();
  return groups.flatMap((group) => [
    { id: `${group}.*`, label: `${group}.*`, hint: t("events.group"), group },
    ...eventTypes
      .filter((type) => type.startsWith(`${group}.`))
      .map((type) => ({ id: type, label: type, group })),
  ]);
}

type Props = {
  /** null: all. */
  events: readonly string[] | null;
  onChange: (events: string[] | null) => void;
  error: string | false;
};

/** Which events an endpoint hears of. */
export function WebhookEvents({ events, onChange, error }: Props) {
  const t = useT();
  const items = useEventItems();
  const chosen = events ?? [];
  const toggle = (id: string) =>
    onChange(chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id]);
  return (
    <fieldset className="flex min-w-0 flex-col gap-3">
      <legend className="pb-2 text-13 font-medium">{t("events")}</legend>
      <RadioGroup
        label={t("events")}
        options={[
          { value: "all", label: t("events.all") },
          { value: "chosen", label: t("events.chosen") },
        ]}
        value={events === null ? "all" : "chosen"}
        onValueChange={(value) => onChange(value === "all" ? null : [])}
      />
      {events === null ? null : (
        <>
          <ul className="flex flex-wrap gap-1.5 empty:hidden">
            {chosen.map((event) => (
              <li key={event} className="flex min-w-0 max-w-full">
                <Tag onRemove={() => toggle(event)} removeLabel={t("events.remove", { event })}>
                  {event}
                </Tag>
              </li>
            ))}
          </ul>
          <FilterableMenu
            trigger={
              <Button size="sm" className="self-start" icon={<Plus />}>
                {t("events.choose")}
              </Button>
            }
            items={items}
            multiple
            selected={chosen}
            label={t("events.choose")}
            filterPlaceholder={t("events.filter")}
            emptyText={t("events.empty")}
            onSelect={toggle}
          />
        </>
      )}
      {error ? (
        <p role="alert" className="text-13 text-late">
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}
