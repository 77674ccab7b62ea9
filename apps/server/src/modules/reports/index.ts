// Reports: numbers over the tickets a caller may see, read live.
export { type ReportDeps, reportBindings } from "./routes.ts";
