import { parsePhoneNumberFromString } from "libphonenumber-js";
import { accepted, type Checker, refused } from "./checker.ts";

// Digits and the signs people put between them: no letters, no extension.
const written = /^\+?\d[\d ()-]{8,24}$/u;
const russianMobile = /^\+79\d{9}$/u;

/** The Faster Payments System knows its clients by Russian mobile numbers. +77… is Kazakhstan's. */
export const checkPhone: Checker = (text) => {
  if (!written.test(text)) return refused("malformed");
  const phone = parsePhoneNumberFromString(text, "RU");
  if (!phone?.isValid()) return refused("malformed");
  if (phone.country !== "RU" || !russianMobile.test(phone.number)) return refused("not_russian_mobile");
  return accepted("phone", phone.number);
};
