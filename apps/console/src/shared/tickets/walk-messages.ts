import { defineMessages } from "../i18n/i18n.ts";

export const { useT: useWalkT } = defineMessages("walk", {
  ru: { next: "Следующая заявка", previous: "Предыдущая заявка" },
  en: { next: "Next ticket", previous: "Previous ticket" },
});
