import { useState } from "preact/hooks";
import { useTools } from "./use-chat.ts";

/** Asked once, after the first message: what an operator may call the visitor. It is said in the chat like anything else. */
export function Details() {
  const { chat, texts } = useTools();
  const { t } = texts;
  const [wrong, setWrong] = useState(false);

  function submit(event: SubmitEvent) {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const name = String(form.get("name") ?? "").trim();
    const email = String(form.get("email") ?? "").trim();
    const isWrong = email !== "" && !/^[^\s@]+@[^\s@]+\.[^\s@.]{2,}$/u.test(email);
    setWrong(isWrong);
    if (isWrong) return;
    if (name || email) {
      const words = [name && t("myName", { name }), email && t("myEmail", { email })]
        .filter(Boolean)
        .join(" ");
      chat.say(words, [], { ...(name && { name }), ...(email && { email }) });
    }
    chat.finishDetails();
    document.querySelector("textarea")?.focus();
  }

  function skip() {
    chat.finishDetails();
    document.querySelector("textarea")?.focus();
  }

  return (
    <form class="details" noValidate onSubmit={submit} aria-label={t("detailsTitle")}>
      <p class="details-title">{t("detailsTitle")}</p>
      <p class="details-hint">{t("detailsHint")}</p>
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
