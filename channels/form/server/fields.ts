import { cleanLine, cleanText } from "@okno/contract";
import type { InboundIdentity } from "@okno/kit";
import { z } from "zod";
import { formChannel } from "../manifest.ts";
import type { TextKey } from "./texts.ts";

/** What stands in the form, as typed. */
export type Typed = { name: string; contact: string; topic: string; message: string };

export type FieldName = keyof Typed | "file";
export type Faults = Partial<Record<FieldName, TextKey>>;

const maxNameLength = 100;
const Email = z.email().max(254);

/** Keeps what was typed within reason: a field is never echoed longer than its limit allows. */
export function readTyped(fields: Record<string, string>): Typed {
  const take = (name: string, max: number) => (fields[name] ?? "").replaceAll("\u0000", "").slice(0, max);
  return {
    name: take("name", 400),
    contact: take("contact", 400),
    topic: take("topic", 40),
    message: take("message", formChannel.capabilities.maxLength * 2),
  };
}

/** A number as people write it → E.164; undefined where the country cannot be told. */
export function phoneOf(text: string, locale: "ru" | "en"): string | undefined {
  const digits = text.replace(/[\s().\u2010-\u2015-]/gu, "");
  if (!/^(?:\+|00)?\d+$/u.test(digits)) return undefined;
  const international = digits.replace(/^00/u, "+");
  if (/^\+[1-9]\d{6,14}$/u.test(international)) return international;
  return locale === "ru" && /^8\d{10}$/u.test(digits) ? `+7${digits.slice(1)}` : undefined;
}

/** An address the customer typed: a claim, nobody has proved it. */
export function claimOf(contact: string, locale: "ru" | "en"): InboundIdentity | undefined {
  const text = cleanLine(contact);
  if (text.includes("@")) {
    const email = Email.safeParse(text.toLowerCase());
    return email.success ? { kind: "email", value: email.data, verified: false } : undefined;
  }
  const phone = phoneOf(text, locale);
  return phone ? { kind: "phone", value: phone, verified: false } : undefined;
}

export type Checked = { name: string; claim: InboundIdentity | undefined; message: string; faults: Faults };

/** What was typed, cleaned, with a word for every field that cannot stay as it is. */
export function check(typed: Typed, { locale, hasFile }: { locale: "ru" | "en"; hasFile: boolean }): Checked {
  const name = cleanLine(typed.name);
  const message = cleanText(typed.message);
  const contact = cleanLine(typed.contact);
  const claim = contact ? claimOf(contact, locale) : undefined;
  const faults: Faults = {};
  if (name.length > maxNameLength) faults.name = "nameTooLong";
  if (contact && !claim) faults.contact = contact.includes("@") ? "emailWrong" : "phoneWrong";
  if (message.trim() === "" && !hasFile) faults.message = "messageEmpty";
  if (message.length > formChannel.capabilities.maxLength) faults.message = "messageTooLong";
  return { name, claim, message, faults };
}
