import { CircleAlert, CircleCheck, X } from "lucide-react";
import { Toast as Base } from "radix-ui";
import { useSyncExternalStore } from "react";
import { cx } from "./cx.ts";
import { Kbd } from "./kbd.tsx";
import { currentToasts, dismissToast, runToastAction, subscribeToasts, type ToastEntry } from "./toast.ts";

export type ToasterProps = {
  /** Name of the region; `{hotkey}` is replaced by F8, which moves the focus there. */
  label: string;
  closeLabel: string;
};

/** Stands once in the application. Polite, six seconds, waits under pointer and focus, reachable by F8. */
export function Toaster({ label, closeLabel }: ToasterProps) {
  const toasts = useSyncExternalStore(subscribeToasts, currentToasts, currentToasts);
  return (
    <Base.Provider duration={6000} swipeDirection="right" label={label.replace("{hotkey}", "F8")}>
      {toasts.map((entry) => (
        <ToastCard key={entry.id} entry={entry} closeLabel={closeLabel} />
      ))}
      <Base.Viewport
        label={label}
        className="fixed left-0 z-50 flex w-full max-w-md flex-col gap-2 p-4 outline-none max-md:top-0 md:bottom-0"
      />
    </Base.Provider>
  );
}

function ToastCard({ entry, closeLabel }: { entry: ToastEntry; closeLabel: string }) {
  const { action, tone = "neutral" } = entry;
  return (
    <Base.Root
      open
      type="background"
      duration={entry.durationMs ?? 6000}
      onOpenChange={(open) => {
        if (!open) dismissToast(entry.id);
      }}
      className="flex animate-rise items-center gap-3 rounded-panel border border-line bg-overlay py-2 pr-2 pl-4 text-14 text-text-1 shadow-overlay data-[swipe=move]:translate-x-(--radix-toast-swipe-move-x)"
    >
      {tone === "good" ? <CircleCheck aria-hidden="true" className="size-4 shrink-0 text-good" /> : null}
      {tone === "late" ? <CircleAlert aria-hidden="true" className="size-4 shrink-0 text-late" /> : null}
      <div className="min-w-0 flex-1 py-1">
        <Base.Title className="font-medium [overflow-wrap:anywhere]">{entry.title}</Base.Title>
        {entry.text ? (
          <Base.Description className="text-13 text-text-2">{entry.text}</Base.Description>
        ) : null}
      </div>
      {action ? (
        <button
          type="button"
          onClick={() => runToastAction(entry.id)}
          className="inline-flex h-control-sm shrink-0 items-center gap-2 rounded-control px-2 text-14 font-medium text-accent transition-colors hover:bg-hover"
        >
          {action.label}
          {action.shortcut ? <Kbd keys={action.shortcut} className="pointer-coarse:hidden" /> : null}
        </button>
      ) : null}
      <Base.Close
        aria-label={closeLabel}
        className={cx(
          "target grid size-control-sm shrink-0 place-items-center rounded-control text-text-3 transition-colors hover:bg-hover hover:text-text-1",
        )}
      >
        <X aria-hidden="true" className="size-4" />
      </Base.Close>
    </Base.Root>
  );
}
