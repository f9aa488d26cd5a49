import type { Validity } from '../articles/kinds.ts';
import type { Instant } from '../time/time.ts';
import type { ReportForm } from './forms.ts';

/** A version of a law or document of the reporting body itself, as the portal published it. */
export interface InstrumentVersion {
  id: string;
  /** The row of table two in which it counts: 规章, or 规范性文件. */
  row: 'rules' | 'documents';
  at: Instant;
  /** `YYYY-MM-DD`. */
  issuedOn: string | null;
  /** Null of one that was taken back. */
  validity: Validity | null;
}

type Count = Record<'made' | 'published' | 'repealed' | 'public' | 'inForce', number>;

/**
 * Cells of table two, 第二十条第（一）项: how many instruments the body made, published and repealed in a year, and how many there are at
 * its end. `versions` in the order of their times; the year is from `from` until `until`, exclusive.
 */
export function countInstruments(
  form: ReportForm,
  versions: readonly InstrumentVersion[],
  { year, from, until }: { year: number; from: Instant; until: Instant },
): Record<string, number> {
  const counts = { rules: emptyCount(), documents: emptyCount() };
  const known = versions.filter(({ at }) => at < until);
  for (const course of Map.groupBy(known, ({ id }) => id).values()) {
    const [first, last] = [course[0], course.at(-1)];
    if (!first || !last?.validity) continue;
    const count = counts[last.row];
    const repealed = course.find(({ validity }) => validity === 'repealed');
    count.public++;
    if (last.issuedOn?.startsWith(`${year}-`)) count.made++;
    if (first.at >= from) count.published++;
    if (last.validity === 'repealed' && repealed && repealed.at >= from) count.repealed++;
    if (last.validity === 'inForce' || last.validity === 'amended') count.inForce++;
  }
  return Object.fromEntries(
    Object.entries(counts).flatMap(([row, { made, published, repealed, public: all, inForce }]) => {
      const cells = form === '2020' ? { made, published, inForce: all } : { made, repealed, inForce };
      return Object.entries(cells).map(([column, value]) => [`two.${row}.${column}`, value]);
    }),
  );
}

const emptyCount = (): Count => ({ made: 0, published: 0, repealed: 0, public: 0, inForce: 0 });
