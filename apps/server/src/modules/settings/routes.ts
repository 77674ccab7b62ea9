import type { Binding } from "../../platform/http/binding.ts";
import { channelSettingsBindings } from "./channels.ts";
import type { SettingsDeps } from "./deps.ts";
import { labelBindings } from "./labels.ts";
import { projectBindings } from "./projects.ts";
import { topicBindings } from "./topics.ts";

/** Projects, topics, labels, channels. */
export function settingsBindings(deps: SettingsDeps): Binding[] {
  return [
    ...projectBindings(deps),
    ...topicBindings(deps),
    ...labelBindings(deps),
    ...channelSettingsBindings(deps),
  ];
}
