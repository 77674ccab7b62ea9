import type { Topic } from "@okno/contract";
import { Checkbox, Field, Select, Switch, TextArea, TextField } from "@okno/ui";
import { topicPath } from "../../shared/directory/directory.ts";
import { useT } from "./channel-messages.ts";
import type { ConfigField as FieldShape } from "./config-schema.ts";

const worded = [
  "title",
  "greeting",
  "intro",
  "allowedOrigins",
  "topics",
  "hours",
  "promise",
  "promiseText",
  "rating",
] as const;
const options = [
  "promise.measured",
  "promise.text",
  "promise.none",
  "rating.five",
  "rating.two",
  "rating.off",
] as const;
type Option = (typeof options)[number];
const isOption = (name: string): name is Option => (options as readonly string[]).includes(name);
type Worded = (typeof worded)[number];
const isWorded = (name: string): name is Worded => (worded as readonly string[]).includes(name);

type Props = {
  field: FieldShape;
  value: unknown;
  onChange: (value: unknown) => void;
  /** What the server said of it, in its own words. */
  error: string | undefined;
  /** Those of the channel's project. */
  topics: readonly Topic[];
};

const text = (value: unknown) =>
  typeof value === "string" || typeof value === "number" ? String(value) : "";
const list = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];

function useWords(field: FieldShape): { label: string; hint: string | undefined } {
  const t = useT();
  const { name } = field;
  if (!isWorded(name)) return { label: field.title ?? name, hint: field.description };
  return { label: t(`config.${name}`), hint: t(`config.${name}.hint`, { count: field.maxItems ?? 0 }) };
}

/** Each topic followed by those under it. */
function inTreeOrder(topics: readonly Topic[]): Topic[] {
  const under = (parent: string | null) => topics.filter((topic) => topic.parent === parent);
  return under(null).flatMap((topic) => [topic, ...under(topic.id)]);
}

/** What is wrong, in the reader's words; the server's own for settings this console has no words for. */
function useComplaint(field: FieldShape, error: string | undefined): string | undefined {
  const t = useT();
  if (error === undefined || !isWorded(field.name)) return error;
  if (field.name === "hours") return t("config.hours.wrong");
  return field.name === "allowedOrigins" ? t("config.allowedOrigins.wrong") : t("config.wrong");
}

function TopicChoice({ field, value, onChange, error, topics }: Props) {
  const t = useT();
  const { label, hint } = useWords(field);
  const complaint = useComplaint(field, error);
  const chosen = list(value);
  const full = field.maxItems !== undefined && chosen.length >= field.maxItems;
  return (
    <fieldset className="min-w-0">
      <legend className="pb-2 text-13 font-medium">{label}</legend>
      <div className="flex flex-col gap-2">
        {topics.length === 0 ? <p className="text-13 text-text-3">{t("config.topics.none")}</p> : null}
        {inTreeOrder(topics).map(({ id }) => (
          <Checkbox
            key={id}
            label={topicPath(topics, id)}
            checked={chosen.includes(id)}
            disabled={full && !chosen.includes(id)}
            onCheckedChange={(on) => onChange(on ? [...chosen, id] : chosen.filter((each) => each !== id))}
          />
        ))}
      </div>
      {complaint ? (
        <p role="alert" className="mt-1.5 text-13 text-late">
          {complaint}
        </p>
      ) : null}
      {hint ? <p className="mt-1.5 text-13 text-text-3">{hint}</p> : null}
    </fieldset>
  );
}

function Control({ field, value, onChange }: Props) {
  const t = useT();
  const optionName = (option: string) => {
    const name = `${field.name}.${option}`;
    return isOption(name) ? t(`config.${name}`) : option;
  };
  const { maxLength } = field;
  const limit = maxLength === undefined ? {} : { maxLength };
  switch (field.kind) {
    case "long":
      return (
        <TextArea
          {...limit}
          minRows={2}
          value={text(value)}
          onChange={(event) => onChange(event.target.value)}
        />
      );
    case "lines":
      return (
        <TextArea
          minRows={2}
          spellCheck={false}
          value={list(value).join("\n")}
          onChange={(event) => onChange(event.target.value === "" ? [] : event.target.value.split("\n"))}
        />
      );
    case "choice":
      return (
        <Select
          options={field.options.map((option) => ({ value: option, label: optionName(option) }))}
          value={text(value ?? field.standard)}
          onValueChange={onChange}
        />
      );
    case "number":
      return (
        <TextField
          type="number"
          className="w-32"
          value={text(value)}
          onChange={(event) => onChange(event.target.value === "" ? undefined : event.target.valueAsNumber)}
        />
      );
    default:
      return <TextField {...limit} value={text(value)} onChange={(event) => onChange(event.target.value)} />;
  }
}

/** One setting of a channel, as its schema says it should look. */
export function ConfigField(props: Props) {
  const { field, value, onChange, error } = props;
  const { label, hint } = useWords(field);
  const complaint = useComplaint(field, error);
  if (field.kind === "topics") return <TopicChoice {...props} />;
  if (field.kind === "boolean")
    return <Switch label={label} hint={hint} checked={value === true} onCheckedChange={onChange} />;
  return (
    <Field label={label} hint={hint} error={complaint}>
      <Control {...props} />
    </Field>
  );
}
