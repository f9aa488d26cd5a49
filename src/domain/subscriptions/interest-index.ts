import type { Instant } from '../time/time.ts';
import { type Interest, isOfInterest, type MatchableNotice, type Reading } from './interest.ts';

/** Letters of one UTF-16 unit in an opaque word: a single character is found as the beginning of a longer word. */
const UNIT_LETTERS = 4;

interface Entry {
  id: string;
  interest: Interest;
}

/**
 * Interests by what a notice must have for them to be met: those with words by one of these words, the others by category, county
 * and stage. Only the few that a notice's own words and place lead to are looked at, however many there are.
 */
export class InterestIndex {
  readonly #byWord = new Map<string, Entry[]>();
  readonly #byPlace = new Map<string, Entry[]>();

  /** @param interests each with the id that `find` gives back. */
  constructor(interests: Iterable<Entry>) {
    for (const entry of interests) {
      const anchors = entry.interest.readings.map(anchorOf);
      const words = anchors.filter((anchor) => anchor !== undefined);
      if (words.length > 0 && words.length === anchors.length) {
        for (const word of new Set(words)) add(this.#byWord, word, entry);
      } else add(this.#byPlace, placeOf(entry.interest.filter), entry);
    }
  }

  /** Ids of the interests that a notice meets, in no order. `at` is the instant that "open" is judged by. */
  find(notice: MatchableNotice, at: Instant): string[] {
    const candidates = new Set<Entry>();
    const collect = (entries: Entry[] | undefined) => {
      for (const entry of entries ?? []) candidates.add(entry);
    };
    for (const place of placesOf(notice)) collect(this.#byPlace.get(place));
    if (this.#byWord.size > 0) for (const word of listAnchors(notice)) collect(this.#byWord.get(word));
    return [...candidates].filter(({ interest }) => isOfInterest(interest, notice, at)).map(({ id }) => id);
  }
}

/** A word that every notice meeting the reading has; undefined for a code alone. */
const anchorOf = ({ phrases }: Reading): string | undefined =>
  phrases.map(({ words }) => words[0]).find((word) => word !== undefined);

function listAnchors({ words }: MatchableNotice): Set<string> {
  const anchors = new Set<string>();
  for (const word of words.split(' ')) anchors.add(word).add(word.slice(0, UNIT_LETTERS));
  return anchors;
}

const placeOf = ({ category = '*', county = '*', stage = '*' }): string => `${category} ${county} ${stage}`;

function placesOf({ category, county, stage }: MatchableNotice): string[] {
  return [category, '*'].flatMap((one) =>
    [county, '*'].flatMap((two) => [stage, '*'].map((three) => `${one} ${two} ${three}`)),
  );
}

function add(map: Map<string, Entry[]>, key: string, entry: Entry): void {
  const entries = map.get(key);
  if (entries) entries.push(entry);
  else map.set(key, [entry]);
}
