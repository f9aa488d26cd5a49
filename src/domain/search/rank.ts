import type { County } from '../counties/counties.ts';
import type { Stage } from '../stages.ts';
import { normaliseText } from './fold.ts';
import type { Boost, Slot } from './plan.ts';
import { compactText } from './text.ts';

/** A hit as far as its place in the order depends on more than where the words stand. */
export interface Rankable {
  id: string;
  title: string;
  buyer: string | null;
  suppliers: readonly string[];
  agency: string | null;
  stage: Stage;
  county: County;
}

/** What a word is worth where it stands: title before buyer before suppliers and agency before body. */
const PLACES = { title: 1, buyer: 0.6, party: 0.35 } as const;
/** The terms stand in the title as one piece; the notice is of the stage or county that the words name; of another year. */
const LITERAL = 1.5;
const STAGE = 0.8;
const COUNTY = 0.6;
const OTHER_YEAR = -0.9;
const SAME_YEAR = 0.7;
/** The typed spelling counts for more than a synonym. */
const SYNONYM = 0.7;

export interface RankedQuery {
  slots: readonly Slot[];
  boost: Boost;
  /** All terms as typed, together. */
  typed: string;
  /** How much each word of the query tells, 0 to 1; words that are not named tell everything. */
  weights: ReadonlyMap<string, number>;
}

/** Hits in the order of what they are worth; those worth the same stay as they are. */
export function rank<Hit extends Rankable>(hits: readonly Hit[], query: RankedQuery): Hit[] {
  const typed = compactText(query.typed);
  const slots = query.slots.map(({ text, texts }) => ({
    own: compactText(text),
    others: texts.map(compactText),
    weight: query.weights.get(text) ?? 1,
  }));
  const score = (hit: Hit) => {
    const title = compactText(normaliseText(hit.title));
    const buyer = compactText(normaliseText(hit.buyer ?? ''));
    const parties = compactText(normaliseText([...hit.suppliers, hit.agency ?? ''].join(' ')));
    let sum = typed.length > 1 && title.includes(typed) ? LITERAL : 0;
    for (const { own, others, weight } of slots) {
      const where = (text: string) =>
        title.includes(text)
          ? PLACES.title
          : buyer.includes(text)
            ? PLACES.buyer
            : parties.includes(text)
              ? PLACES.party
              : 0;
      sum += weight * Math.max(where(own), ...others.map((text) => SYNONYM * where(text)));
    }
    return sum + boostOf(hit, title, query.boost);
  };
  const scored = hits.map((hit, index) => ({ hit, index, score: score(hit) }));
  return scored.sort((a, b) => b.score - a.score || a.index - b.index).map(({ hit }) => hit);
}

function boostOf({ stage, county }: Rankable, title: string, { stages, counties, years }: Boost): number {
  let sum = 0;
  if (stages.includes(stage)) sum += STAGE;
  if (counties.includes(county)) sum += COUNTY;
  if (years.length > 0) {
    const named = [...title.matchAll(/((?:19|20)\d\d)年/g)].map(([, year]) => year ?? '');
    if (named.some((year) => years.includes(year))) sum += SAME_YEAR;
    else if (named.length > 0) sum += OTHER_YEAR;
  }
  return sum;
}
