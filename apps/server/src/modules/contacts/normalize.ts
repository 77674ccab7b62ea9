import type { ContactInput } from "@okno/contract";
import { type InboundIdentity, refuse } from "@okno/kit";
import { parsePhoneNumberFromString } from "libphonenumber-js";

/** A phone in any spelling → E.164; undefined when no telephone network could have it. Numbers without a country are Russian. */
export function normalizePhone(text: string): string | undefined {
  const phone = parsePhoneNumberFromString(text, "RU");
  return phone?.isPossible() ? phone.number : undefined;
}

/** The identities an integrator names. @throws invalid_request pointing at the phone. */
export function identitiesOf(contact: ContactInput): InboundIdentity[] {
  const identities: InboundIdentity[] = [];
  if (contact.email) identities.push({ kind: "email", value: contact.email, verified: true });
  if (contact.phone) {
    const value = normalizePhone(contact.phone);
    if (!value)
      throw refuse("invalid_request", {}, [{ pointer: "/contact/phone", message: "not a telephone number" }]);
    identities.push({ kind: "phone", value, verified: true });
  }
  return identities;
}
