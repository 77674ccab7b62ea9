import { Button, ErrorState, Spinner } from "@okno/ui";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api } from "../../shared/api/client.ts";
import { errorMessage, isRefusal } from "../../shared/api/error-message.ts";
import { Entrance } from "../../shared/entrance/entrance.tsx";
import { useT } from "./messages.ts";
import { SetUp } from "./set-up.tsx";

function Expired() {
  const t = useT();
  const navigate = useNavigate();
  return (
    <>
      <h1 className="text-28 font-semibold text-balance">{t("expired.title")}</h1>
      <p className="mt-2 text-14 text-text-2">{t("expired.text")}</p>
      <Button className="mt-6" onClick={() => void navigate({ to: "/sign-in" })}>
        {t("sign.in")}
      </Button>
    </>
  );
}

function Body({ token }: { token: string }) {
  const t = useT();
  const link = useQuery({
    queryKey: ["link", token],
    queryFn: ({ signal }) => api.session.checkLink({ body: { token }, signal }),
    enabled: token.length >= 20,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (token.length < 20 || isRefusal(link.error, "link_expired") || isRefusal(link.error, "invalid_request"))
    return <Expired />;
  if (link.error)
    return (
      <ErrorState
        title={t("error.title")}
        text={errorMessage(link.error)}
        retryLabel={t("retry")}
        onRetry={() => void link.refetch()}
        retrying={link.isFetching}
      />
    );
  if (!link.data)
    return (
      <div className="grid animate-late place-items-center">
        <Spinner label={t("checking")} />
      </div>
    );
  return <SetUp token={token} link={link.data} />;
}

/** Where one-time links lead. The token stands in the fragment, which no server and no referrer sees. */
export function Welcome() {
  const t = useT();
  const [token] = useState(() => window.location.hash.slice(1));
  return (
    <Entrance title={t("title")}>
      <Body token={token} />
    </Entrance>
  );
}
