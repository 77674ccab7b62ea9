import type { IdentityKind } from "@okno/contract";

/** Whether what somebody types is an e-mail or a phone: the server has the last word on either. */
export function kindOfAddress(text: string): "email" | "phone" {
  return text.includes("@") ? "email" : "phone";
}

/** Enough digits, and nothing that no phone has: what a quick note takes for a number, not a name. */
export function looksLikePhone(text: string): boolean {
  const digits = text.replace(/\D/gu, "");
  return digits.length >= 5 && /^[+\d\s().\-–—]+$/u.test(text.trim());
}

/** Where a click on an address leads. */
export function hrefOf(kind: IdentityKind, value: string): string | undefined {
  if (kind === "email") return `mailto:${value}`;
  return kind === "phone" ? `tel:${value}` : undefined;
}

/** An E.164 number with thin groups, as people read it; other countries' numbers stay as they are. */
export function showAddress(kind: IdentityKind, value: string): string {
  const russian = kind === "phone" ? /^\+7(\d{3})(\d{3})(\d{2})(\d{2})$/u.exec(value) : null;
  return russian ? `+7 ${russian[1]} ${russian[2]}-${russian[3]}-${russian[4]}` : value;
}
