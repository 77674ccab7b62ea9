import { maxBodyLength } from "@okno/contract";
import { useQuery } from "@tanstack/react-query";
import { api } from "../../shared/api/client.ts";

/** The longest text that a channel of this type takes; of a note, the longest that is kept. */
export function useMaxLength(channelType: string | null): number {
  const { data } = useQuery({
    queryKey: ["channel-types"],
    queryFn: async ({ signal }) => (await api.channels.types({ signal })).data,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const type = data?.find((each) => each.type === channelType);
  const max = type?.capabilities.maxLength;
  return typeof max === "number" ? Math.min(max, maxBodyLength) : maxBodyLength;
}
