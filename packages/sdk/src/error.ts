import type { ErrorCode, Problem } from "@okno/contract";

/** An answer that is not a success. `code` is stable; `problem` is the whole answer where there was one. */
export class OknoError extends Error {
  override readonly name = "OknoError";
  readonly code: ErrorCode;
  readonly status: number;
  readonly retryable: boolean;
  readonly problem: Problem | undefined;

  constructor(status: number, problem: Problem | undefined) {
    super(problem?.detail ?? problem?.title ?? `HTTP ${status}`);
    this.status = status;
    this.code = problem?.code ?? (status >= 500 ? "unavailable" : "invalid_request");
    this.retryable = problem?.retryable ?? status >= 500;
    this.problem = problem;
  }

  static async from(res: Response): Promise<OknoError> {
    const isProblem = res.headers.get("content-type")?.startsWith("application/problem+json");
    const problem = isProblem
      ? ((await res.json().catch(() => undefined)) as Problem | undefined)
      : undefined;
    return new OknoError(res.status, problem);
  }
}
