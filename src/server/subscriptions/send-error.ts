/** A message did not arrive. `message` is for operators and holds neither addresses nor secrets. */
export class SendError extends Error {
  /** Trying again cannot help. */
  readonly isPermanent: boolean;
  /** Milliseconds that the receiver asked to wait. */
  readonly retryAfterMs: number | undefined;

  constructor(
    message: string,
    options: { isPermanent?: boolean; retryAfterMs?: number | undefined; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'SendError';
    this.isPermanent = options.isPermanent ?? false;
    this.retryAfterMs = options.retryAfterMs;
  }
}
