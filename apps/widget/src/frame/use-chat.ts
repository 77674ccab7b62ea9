import { createContext } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";
import type { Chat, ChatState } from "./chat.ts";
import type { Config } from "./config.ts";
import type { Texts } from "./texts.ts";

export type Tools = { chat: Chat; texts: Texts; config: Config };

export const ToolsContext = createContext<Tools | undefined>(undefined);

export function useTools(): Tools {
  const tools = useContext(ToolsContext);
  if (!tools) throw new Error("used outside of the frame");
  return tools;
}

export function useChatState(): ChatState {
  const { chat } = useTools();
  const [state, setState] = useState(chat.get());
  useEffect(() => chat.subscribe(() => setState(chat.get())), [chat]);
  return state;
}
