export {
  type CallInput,
  type CallOptions,
  type ClientOptions,
  callRoute,
  createClient,
  type OknoClient,
} from "./client.ts";
export { OknoError } from "./error.ts";
