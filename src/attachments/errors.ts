import type { FindingKind } from '#src/domain/attachments/findings.ts';

/** A file is not what may be kept. `message` is Chinese, for whoever sent it. */
export class UnfitFileError extends Error {
  readonly kind: FindingKind;

  constructor(kind: FindingKind, message: string) {
    super(message);
    this.name = 'UnfitFileError';
    this.kind = kind;
  }
}
