import type { Contact, ContactField } from "@okno/contract";
import { Field, Select, TextField } from "@okno/ui";
import { useQuery } from "@tanstack/react-query";
import { type Locale, useLocale } from "../i18n/i18n.ts";
import { useT } from "./messages.ts";
import { contactFieldsQuery } from "./queries.ts";

/** The fields of a contact's project: those in use, and those whose value this contact still has. */
export function useFieldsOf(contact: Pick<Contact, "project" | "fields">): ContactField[] {
  const { data = [] } = useQuery(contactFieldsQuery);
  return data.filter(
    (field) => field.project === contact.project && (!field.archivedAt || field.id in contact.fields),
  );
}

type T = ReturnType<typeof useT>;

/** A value in words. */
export function wordsOfValue(
  field: Pick<ContactField, "kind">,
  value: string | number | boolean,
  { t, locale }: { t: T; locale: Locale },
): string {
  if (typeof value === "boolean") return t(value ? "fields.yes" : "fields.no");
  if (typeof value === "number")
    return new Intl.NumberFormat(locale, { maximumFractionDigits: 10 }).format(value);
  if (field.kind !== "date") return value;
  const day = new Date(`${value}T12:00:00`);
  if (Number.isNaN(day.getTime())) return value;
  return new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", year: "numeric" }).format(day);
}

/** What the project keeps of this customer, as far as it is known. */
export function Values({ contact }: { contact: Contact }) {
  const t = useT();
  const locale = useLocale();
  const filled = useFieldsOf(contact).filter((field) => field.id in contact.fields);
  if (filled.length === 0) return null;
  return (
    <dl className="flex flex-col gap-1">
      {filled.map((field) => {
        const value = contact.fields[field.id] ?? "";
        const words = wordsOfValue(field, value, { t, locale });
        return (
          <div key={field.id} className="grid grid-cols-[6.5rem_minmax(0,1fr)] gap-2 text-13">
            <dt className="text-text-3 [overflow-wrap:anywhere]">
              <bdi>{field.name}</bdi>
              {field.archivedAt ? <span className="block text-12">{t("fields.archived")}</span> : null}
            </dt>
            <dd className="min-w-0 [overflow-wrap:anywhere]">
              {field.kind === "link" ? (
                <a
                  href={String(value)}
                  target="_blank"
                  rel="noreferrer noopener"
                  className="underline underline-offset-2 hover:text-accent"
                >
                  {words}
                </a>
              ) : (
                <bdi dir="auto">{words}</bdi>
              )}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

/** Select takes no empty value: this stands for none. */
const unset = "-";

type InputProps = {
  field: ContactField;
  text: string;
  error: string | false | undefined;
  hint?: React.ReactNode;
  onChange: (text: string) => void;
};

/** The control for a field's value, by its kind. */
export function ValueInput({ field, text, error, hint, onChange }: InputProps) {
  const t = useT();
  const choose = (options: { value: string; label: string }[]) => (
    <Select
      options={[{ value: unset, label: t("fields.unset") }, ...options]}
      value={text === "" ? unset : text}
      onValueChange={(value) => onChange(value === unset ? "" : value)}
    />
  );
  const control = () => {
    if (field.kind === "boolean")
      return choose([
        { value: "yes", label: t("fields.yes") },
        { value: "no", label: t("fields.no") },
      ]);
    if (field.kind === "choice") {
      // A value that is no longer among the choices stays until another is chosen.
      const names = text !== "" && !field.choices.includes(text) ? [text, ...field.choices] : field.choices;
      return choose(names.map((name) => ({ value: name, label: name })));
    }
    const type = field.kind === "date" ? "date" : field.kind === "link" ? "url" : "text";
    return (
      <TextField
        type={type}
        inputMode={field.kind === "number" ? "decimal" : undefined}
        maxLength={1000}
        value={text}
        onChange={(event) => onChange(event.target.value)}
      />
    );
  };
  return (
    <Field
      label={field.name}
      error={error}
      hint={hint}
      {...(field.archivedAt && { note: t("fields.archived") })}
    >
      {control()}
    </Field>
  );
}
