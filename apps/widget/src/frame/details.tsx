import { useState } from "preact/hooks";
import { useChatState, useTools } from "./use-chat.ts";

/** Asked once, after the first message: what an operator may call the visitor. It is said in the chat like anything else. */
export function Details() {
  const { chat, texts } = useTools();
  const { t } = texts;
  const { desk } = useChatState();
  // Frozen while it is being filled in, whatever the clock says.
  const [shut] = useState(!desk.open);
  const [wrong, setWrong] = useState(false);

  function submit(event: SubmitEvent) {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const name = String(form.get("name") ?? "").trim();
    const email = String(form.get("email") ?? "").trim();
    const isWrong = email !== "" && !/^[^\s@]+@[^\s@]+\.[^\s@.]{2,}$/u.test(email);
    setWrong(isWrong);
    if (isWrong) return;
    const phone = String(form.get("phone") ?? "").trim();
    if (name || email || phone) {
      const words = [
        name && t("myName", { name }),
        email && t("myEmail", { email }),
        phone && t("myPhone", { phone }),
      ]
        .filter(Boolean)
        .join(" ");
      chat.say(words, [], { ...(name && { name }), ...(email && { email }), ...(phone && { phone }) });
    }
    chat.finishDetails();
    document.querySelector("textarea")?.focus();
  }

  function skip() {
    chat.finishDetails();
    document.querySelector("textarea")?.focus();
  }

  return (
    <form class="details" noValidate onSubmit={submit} aria-label={t(shut ? "shutTitle" : "detailsTitle")}>
      <p class="details-title">{t(shut ? "shutTitle" : "detailsTitle")}</p>
      <p class="details-hint">{t(shut ? "shutHint" : "detailsHint")}</p>
      <input
        name="name"
        type="text"
        maxLength={100}
        autoComplete="name"
        aria-label={t("name")}
        placeholder={t("name")}
        dir="auto"
      />
      <input
        name="email"
        type="email"
        maxLength={254}
        autoComplete="email"
        inputMode="email"
        aria-label={t("email")}
        placeholder={t("email")}
        aria-invalid={wrong}
        {...(wrong && { "aria-describedby": "email-wrong" })}
      />
      {wrong && (
        <p class="wrong" id="email-wrong" role="alert">
          {t("emailWrong")}
        </p>
      )}
      {shut && (
        <input
          name="phone"
          type="tel"
          maxLength={40}
          autoComplete="tel"
          inputMode="tel"
          aria-label={t("phone")}
          placeholder={t("phone")}
        />
      )}
      <div class="details-actions">
        <button type="submit" class="quiet">
          {t("save")}
        </button>
        <button type="button" class="link" onClick={skip}>
          {t("notNow")}
        </button>
      </div>
    </form>
  );
}
