import { useState } from "preact/hooks";
import type { Completion } from "./types.ts";
import { useTools } from "./use-chat.ts";

const maxWords = 2000;

/** Asked once when a matter is done: a number first, words if wanted; to be changed for a day. */
export function Rating({ completion }: { completion: Completion }) {
  const { chat, texts, config } = useTools();
  const { t } = texts;
  const { rating } = completion;
  const [changing, setChanging] = useState(false);
  const [words, setWords] = useState(rating?.words ?? "");
  const [failed, setFailed] = useState(false);
  const [thanked, setThanked] = useState(rating !== null && rating.words !== null);
  const scores = config.rating === "two" ? [5, 1] : [1, 2, 3, 4, 5];
  const nameOf = (score: number) =>
    config.rating === "two" ? t(score === 5 ? "good" : "bad") : t("score", { score });

  async function answer(score: number, said: string) {
    setFailed(false);
    try {
      await chat.rate(completion.name, score, said.trim());
      setChanging(false);
      return true;
    } catch {
      setFailed(true);
      return false;
    }
  }
  const asks = !rating || changing;
  const changeable = rating !== null && new Date(rating.changeableUntil) > new Date();
  return (
    <section class="rating" aria-label={t("rateTitle")}>
      <p class="rating-title" role="status">
        {asks || !rating ? t("rateTitle") : t("rated", { score: nameOf(rating.score) })}
      </p>
      {asks && (
        <fieldset class="scores" aria-label={t("rateTitle")}>
          {scores.map((score) => (
            <button
              key={score}
              type="button"
              class="score"
              aria-label={nameOf(score)}
              aria-pressed={rating?.score === score}
              onClick={() => void answer(score, words)}
            >
              {config.rating === "two" ? nameOf(score) : score}
            </button>
          ))}
        </fieldset>
      )}
      {asks && config.rating === "five" && (
        <p class="scale" aria-hidden="true">
          <span>{t("worst")}</span>
          <span>{t("best")}</span>
        </p>
      )}
      {!asks && rating && !thanked && changeable && (
        <form
          class="rating-words"
          onSubmit={async (event) => {
            event.preventDefault();
            if (words.trim() === "" || (await answer(rating.score, words))) setThanked(true);
          }}
        >
          <textarea
            rows={2}
            maxLength={maxWords}
            dir="auto"
            value={words}
            placeholder={t("rateWords")}
            aria-label={t("rateWords")}
            onInput={({ currentTarget }) => setWords(currentTarget.value)}
          />
          <button type="submit" class="quiet">
            {t("rateSend")}
          </button>
        </form>
      )}
      {failed && (
        <p class="wrong" role="alert">
          {t("rateFailed")}
        </p>
      )}
      {!rating && (
        <button type="button" class="link" onClick={() => chat.skipRating(completion.name)}>
          {t("notNow")}
        </button>
      )}
      {rating && !changing && changeable && (
        <button
          type="button"
          class="link"
          onClick={() => {
            setThanked(false);
            setChanging(true);
          }}
        >
          {t("change")}
        </button>
      )}
    </section>
  );
}
