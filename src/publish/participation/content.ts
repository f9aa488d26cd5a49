import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { z } from 'zod';
import { SUBMISSION_KIND_KEYS } from '#src/domain/participation/kinds.ts';

/** A file as it was kept; SHA-256 (hex) of what was kept. */
const fileSchema = z.object({ name: z.string(), sha256: z.string() });

/** What is sealed of a submission: canonical JSON (RFC 8785). */
export const submittedSchema = z.object({
  kind: z.enum(SUBMISSION_KIND_KEYS),
  fields: z.record(z.string(), z.string()),
  files: z.array(fileSchema),
});

export type Submitted = z.output<typeof submittedSchema>;

/** The one text of what was submitted. */
export const toSubmittedText = (submitted: Submitted): string => canonicalize(submitted) ?? '';

/** Commits to what was sent without telling it: SHA-256 (hex) over the salt's digits, a line end and the text, in UTF-8. */
export const toCommitment = (salt: string, text: string): string =>
  createHash('sha256').update(`${salt}\n${text}`).digest('hex');
