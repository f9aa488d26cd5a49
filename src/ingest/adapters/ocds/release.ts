import { z } from 'zod';

/** Publishers vary in what they leave out and in types; what cannot be read is absent, and only what a notice needs is required. */
const text = z
  .union([z.string(), z.number()])
  .transform((value) => String(value).trim())
  .optional()
  .catch(undefined);
const list = <T extends z.ZodType>(entry: T) => z.array(entry.nullable().catch(null)).default([]).catch([]);
const part = <S extends z.ZodRawShape>(shape: S) => z.object(shape).optional().catch(undefined);

const value = part({ amount: text, currency: text });
const period = part({ startDate: text, endDate: text, durationInDays: text });
const organization = z.object({ id: text, name: text });
const document = z.object({ title: text, description: text, documentType: text, url: text, format: text });
const item = z.object({
  description: text,
  quantity: text,
  unit: part({ name: text }),
  classification: part({ description: text }),
});

const tender = part({
  id: text,
  title: text,
  description: text,
  procurementMethodDetails: text,
  procurementMethodRationale: text,
  mainProcurementCategory: text,
  awardCriteriaDetails: text,
  submissionMethodDetails: text,
  eligibilityCriteria: text,
  selectionCriteria: text,
  value,
  tenderPeriod: period,
  contractPeriod: period,
  procuringEntity: organization.optional().catch(undefined),
  items: list(item),
  lots: list(z.object({ id: text, title: text, description: text, value })),
  enquiries: list(z.object({ title: text, description: text, answer: text })),
  amendments: list(z.object({ date: text, rationale: text, description: text })),
  documents: list(document),
});

const award = z.object({
  title: text,
  description: text,
  status: text,
  date: text,
  value,
  suppliers: list(organization),
  items: list(item),
  relatedLots: list(z.union([z.string(), z.number()])),
  documents: list(document),
});

const contract = z.object({
  id: text,
  title: text,
  description: text,
  dateSigned: text,
  value,
  period,
  items: list(item),
  documents: list(document),
  implementation: part({ documents: list(document) }),
});

/** One OCDS 1.x release. Contact points and street addresses are not read at all: they are personal data. */
export const releaseSchema = z.object({
  ocid: z.string().min(1),
  id: z.union([z.string().min(1), z.number()]).transform(String),
  date: z.string().min(1),
  tag: z.array(z.string()).min(1),
  language: text,
  initiationType: text,
  buyer: organization.optional().catch(undefined),
  parties: list(
    z.object({
      name: text,
      roles: list(z.string()),
      address: part({ locality: text, region: text }),
    }),
  ),
  planning: part({
    rationale: text,
    budget: part({ description: text, project: text, amount: value }),
    documents: list(document),
  }),
  tender,
  awards: list(award),
  contracts: list(contract),
});

export type Release = z.output<typeof releaseSchema>;
export type Award = z.output<typeof award>;
export type Value = z.output<typeof value>;
export type Period = z.output<typeof period>;

/** The entries of a list that could be read. */
export function present<T>(entries: readonly (T | null)[] | undefined): T[] {
  return (entries ?? []).filter((entry): entry is T => entry !== null);
}
