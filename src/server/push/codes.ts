import { CATEGORY_SLUGS } from '#src/domain/categories.ts';
import { COUNTY_SLUGS } from '#src/domain/counties/counties.ts';
import type { Mappings } from '#src/domain/mappings/mapping.ts';
import { stageFromTitle } from '#src/domain/notices/title-stage.ts';
import { STAGE_SLUGS } from '#src/domain/stages.ts';
import { ItemRejectedError } from '#src/publish/items/reasons.ts';
import type { UnknownCode } from '#src/publish/prepare/normalise.ts';
import { UnmappedError } from '#src/publish/prepare/prepare.ts';

const CATEGORIES: ReadonlySet<unknown> = new Set(CATEGORY_SLUGS);
const COUNTIES: ReadonlySet<unknown> = new Set(COUNTY_SLUGS);
const STAGES: ReadonlySet<unknown> = new Set(STAGE_SLUGS);
const LONGEST_CODE = 100;

/** A pushed notice in the city's terms: what staff mapped of the sender's own values takes their place. */
export function translateCodes(value: unknown, { columns, counties }: Mappings): unknown {
  if (!isRecord(value)) return value;
  const column = isCode(value.category) ? columns[value.category] : undefined;
  const county = isCode(value.county) ? counties[value.county] : undefined;
  if (!column) return county ? { ...value, county } : value;
  const { category } = column;
  const stage = STAGES.has(value.stage) ? value.stage : stageOf(column, value.title);
  return { ...value, category, ...(stage ? { stage } : {}), ...(county ? { county } : {}) };
}

const stageOf = ({ category, stage }: Mappings['columns'][string], title: unknown) =>
  stage === 'mixed' ? stageFromTitle(String(title ?? ''), category) : stage;

/** Reads an item; of one that fails for values that nobody has mapped, the error names them. @throws ItemRejectedError */
export function unmapped<Item>(value: unknown, read: () => Item): Item {
  try {
    return read();
  } catch (error) {
    const codes = error instanceof ItemRejectedError ? unknownCodes(value) : [];
    throw error instanceof ItemRejectedError && codes.length > 0 ? new UnmappedError(error.reasons, codes) : error;
  }
}

function unknownCodes(value: unknown): UnknownCode[] {
  if (!isRecord(value)) return [];
  const { category, county } = value;
  return [
    ...(isCode(category) && !CATEGORIES.has(category) ? [{ kind: 'column' as const, value: category }] : []),
    ...(isCode(county) && !COUNTIES.has(county) ? [{ kind: 'county' as const, value: county }] : []),
  ];
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const isCode = (value: unknown): value is string =>
  typeof value === 'string' && value.trim() !== '' && value.length <= LONGEST_CODE && value.isWellFormed();
