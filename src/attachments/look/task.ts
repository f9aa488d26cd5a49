import type { ChangeChoice } from '#src/domain/attachments/cleaning.ts';
import type { FindingKind, Inspection } from '#src/domain/attachments/findings.ts';
import type { FileType } from '#src/domain/attachments/types.ts';

/** What a thread is to do with a file. */
export type LookTask =
  | { kind: 'inspect'; path: string; name: string | null }
  | { kind: 'clean'; path: string; type: FileType; target: string; changes: ChangeChoice };

/** What a file is and what is in it. */
export interface Looked {
  type: FileType;
  inspection: Inspection;
}

export type LookReport =
  | { kind: 'sniffed'; type: FileType }
  | { kind: 'looked'; looked: Looked }
  | { kind: 'cleaned' }
  | { kind: 'unfit'; finding: FindingKind; message: string }
  | { kind: 'failed'; message: string };
