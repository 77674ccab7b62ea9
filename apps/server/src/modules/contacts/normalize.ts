import type { ContactInput } from "@okno/contract";
import { type InboundIdentity, refuse } from "@okno/kit";
import { parsePhoneNumberFromString } from "libphonenumber-js";
import { z } from "zod";

/** A phone in any spelling → E.164; undefined when no telephone network could have it. Numbers without a country are Russian. */
export function normalizePhone(text: string): string | undefined {
  const phone = parsePhoneNumberFromString(text, "RU");
  return phone?.isPossible() ? phone.number : undefined;
}

const Email = z.email().max(254);

/** An address as it is kept and compared: NFC, small letters; undefined for what is none. */
export function normalizeEmail(text: string): string | undefined {
  return Email.safeParse(text.normalize("NFC").trim().toLowerCase()).data;
}

/** The one spelling of an address that people write down. @throws invalid_request pointing at it. */
export function normalizeAddress(kind: "email" | "phone", text: string, pointer: string): string {
  const value = kind === "email" ? normalizeEmail(text) : normalizePhone(text);
  if (value !== undefined) return value;
  const message = kind === "email" ? "not an e-mail address" : "not a telephone number";
  throw refuse("invalid_request", {}, [{ pointer, message }]);
}

/** The identities an integrator names. @throws invalid_request pointing at the phone. */
export function identitiesOf(
  contact: Pick<ContactInput, "email" | "phone">,
  pointer = "/contact",
): InboundIdentity[] {
  const identities: InboundIdentity[] = [];
  if (contact.email) identities.push({ kind: "email", value: contact.email, verified: true });
  if (contact.phone) {
    const value = normalizeAddress("phone", contact.phone, `${pointer}/phone`);
    identities.push({ kind: "phone", value, verified: true });
  }
  return identities;
}
