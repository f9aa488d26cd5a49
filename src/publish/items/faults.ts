import { FeedFormatError } from '#src/formats/format-error.ts';
import type { UnknownCode } from '../prepare/normalise.ts';
import { UnmappedError } from '../prepare/prepare.ts';
import { ItemRejectedError, type Reason } from './reasons.ts';

/** An error as plain data: structured clones of errors lose their class and their own fields. */
export type Fault =
  | { kind: 'format'; message: string; excerpt: string }
  | { kind: 'rejected'; reasons: Reason[]; unknown?: UnknownCode[] }
  | { kind: 'other'; message: string };

/** Takes an error apart, to be sent to another thread. */
export function toFault(error: unknown): Fault {
  if (error instanceof FeedFormatError) return { kind: 'format', message: error.message, excerpt: error.excerpt };
  if (error instanceof UnmappedError) return { kind: 'rejected', reasons: error.reasons, unknown: error.unknown };
  if (error instanceof ItemRejectedError) return { kind: 'rejected', reasons: error.reasons };
  return { kind: 'other', message: error instanceof Error ? error.message : String(error) };
}

/** The error that a fault was made of. */
export function fromFault(fault: Fault): Error {
  if (fault.kind === 'format') return new FeedFormatError(fault.message, fault.excerpt);
  if (fault.kind === 'other') return new Error(fault.message);
  return fault.unknown ? new UnmappedError(fault.reasons, fault.unknown) : new ItemRejectedError(fault.reasons);
}
