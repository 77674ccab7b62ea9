import { accepted, type Checker, refused } from "./checker.ts";

/** A login at another service. */
export const checkLogin: Checker = (text) =>
  /^[A-Za-z0-9](?:[\w.-]{0,62}[A-Za-z0-9])?$/u.test(text)
    ? accepted("login", text, text.toLowerCase())
    : refused("malformed");

/** Whatever can be read: the method that pays nobody. */
export const checkTestName: Checker = (text) =>
  /^[\p{L}\p{N}\p{P}\p{S} ]{1,128}$/u.test(text)
    ? accepted("test", text.normalize("NFC"))
    : refused("malformed");
