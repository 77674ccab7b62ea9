import { Button, EmptyState, ErrorState, Spinner } from "@okno/ui";
import { type ErrorComponentProps, Link } from "@tanstack/react-router";
import { errorMessage, requestIdOf } from "../shared/api/error-message.ts";
import { useT } from "./messages.ts";

/** A region that threw: says so and lets the reader open it again. */
export function CrashScreen({ error, reset }: ErrorComponentProps) {
  const t = useT();
  const fault = error instanceof Error && error.name === "OknoError";
  return (
    <main className="grid h-full place-items-center p-6">
      <ErrorState
        title={fault ? t("load.title") : t("crash.title")}
        text={fault || error instanceof TypeError ? errorMessage(error) : t("crash.text")}
        detail={requestIdOf(error)}
        retryLabel={t("retry")}
        onRetry={reset}
      />
    </main>
  );
}

/** An address that leads nowhere. */
export function MissingScreen() {
  const t = useT();
  return (
    <main className="grid h-full place-items-center p-6">
      <EmptyState
        title={t("missing.title")}
        text={t("missing.text")}
        action={
          <Link to="/">
            <Button tabIndex={-1}>{t("missing.home")}</Button>
          </Link>
        }
      />
    </main>
  );
}

/** Shown only where opening takes noticeably long. */
export function WaitScreen() {
  return (
    <div className="grid h-full animate-late place-items-center" aria-busy="true">
      <Spinner />
    </div>
  );
}
