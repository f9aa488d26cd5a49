/** A request to another machine failed. `message` is Chinese, for the boards that show it. */
export class FetchError extends Error {
  /** True when the same request may succeed later. */
  readonly retryable: boolean;
  /** Milliseconds that the server asked to wait. */
  readonly retryAfterMs: number | undefined;
  /** What the server answered with, when it answered. */
  readonly status: number | undefined;

  constructor(
    message: string,
    options: { retryable?: boolean; retryAfterMs?: number | undefined; status?: number; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'FetchError';
    this.retryable = options.retryable ?? false;
    this.retryAfterMs = options.retryAfterMs;
    this.status = options.status;
  }
}

/** The address leads to a place that requests may not go to. */
export class ForbiddenAddressError extends FetchError {
  constructor(address: string) {
    super(`地址不允许访问：${address.slice(0, 200)}`);
    this.name = 'ForbiddenAddressError';
  }
}
