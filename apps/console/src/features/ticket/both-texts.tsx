import { Banner, Button } from "@okno/ui";
import { useComposeT } from "./compose-messages.ts";

/** Two devices have written in one draft: both texts are there, and the author is told. */
export function BothTexts({ onSeen }: { onSeen: () => void }) {
  const t = useComposeT();
  return (
    <div data-testid="both-texts">
      <Banner
        tone="soon"
        title={t("both.title")}
        action={
          <Button size="sm" variant="ghost" onClick={onSeen}>
            {t("both.ok")}
          </Button>
        }
      >
        {t("both.text")}
      </Banner>
    </div>
  );
}
