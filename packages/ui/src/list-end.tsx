import { Button } from "./button.tsx";
import { ListSkeleton } from "./skeleton.tsx";

export type ListEndProps = {
  loading: boolean;
  failed: boolean;
  /** Read out while more rows are fetched. */
  label: string;
  failedText: string;
  retryLabel: string;
  onRetry: () => void;
};

const ROWS = 3;

/** The foot of a list that goes on by itself: rows to come, or why they do not come and the way to try again. */
export function ListEnd({ loading, failed, label, failedText, retryLabel, onRetry }: ListEndProps) {
  if (loading) return <ListSkeleton label={label} rows={ROWS} />;
  if (!failed) return null;
  return (
    <p className="flex flex-col items-center gap-2 p-4 text-13 text-text-2">
      {failedText}
      <Button size="sm" onClick={onRetry}>
        {retryLabel}
      </Button>
    </p>
  );
}
