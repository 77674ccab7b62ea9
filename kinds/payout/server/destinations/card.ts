import cardValidator from "card-validator";
import { accepted, type Checker, refused } from "./checker.ts";

const grouped = /^\d(?:[ -]?\d){15,18}$/u;

/** Cards that banks of a currency's country issue, or can be paid to there. */
function card(brands: readonly string[]): Checker {
  return (text) => {
    if (!grouped.test(text)) return refused("malformed");
    const digits = text.replace(/[ -]/gu, "");
    const { isValid, card: found } = cardValidator.number(digits, { luhnValidateUnionPay: true });
    if (!isValid) return refused("wrong_checksum");
    return found && brands.includes(found.type) ? accepted("card", digits) : refused("unsupported_card");
  };
}

export const checkRoubleCard = card(["mir", "visa", "mastercard", "maestro", "unionpay"]);
export const checkTengeCard = card(["visa", "mastercard", "maestro", "unionpay"]);
export const checkLiraCard = card(["troy", "visa", "mastercard", "maestro"]);
