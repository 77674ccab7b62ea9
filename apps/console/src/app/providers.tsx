import { Toaster, TooltipProvider } from "@okno/ui";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { queryClient } from "../shared/api/query-client.ts";
import { useT } from "./messages.ts";
import { router } from "./router.tsx";

export function Providers() {
  const t = useT();
  return (
    <QueryClientProvider client={queryClient}>
      <TooltipProvider>
        <RouterProvider router={router} />
        <Toaster label={t("toasts", { hotkey: "{hotkey}" })} closeLabel={t("close")} />
      </TooltipProvider>
    </QueryClientProvider>
  );
}
