import { useNavigate } from "@tanstack/react-router";
import { useCallback } from "react";

/** Opens another ticket beside the same list. */
export function useOpenTicket(): (id: string) => void {
  const navigate = useNavigate();
  return useCallback(
    (id) =>
      void navigate({
        to: ".",
        params: (before: Record<string, unknown>) => ({ ...before, ticket: id }),
        search: true,
        replace: true,
      } as never),
    [navigate],
  );
}
