import { FACT_KEYS, type Facts, type FactValue } from '#src/domain/facts/facts.ts';
import { mapFactTexts } from '#src/domain/facts/given-facts.ts';
import type { NoticeContent, NoticeReading } from '#src/domain/notices/notice-content.ts';
import { redactPersonalData } from '#src/domain/personal-data/redact.ts';
import { normaliseProjectCode } from '#src/domain/projects/project-code.ts';
import { extractFacts } from './extract.ts';
import { chooseFigures } from './figures.ts';

/**
 * Number of the rules by which notices are read, stored with every reading. Raised whenever the same content would be
 * read differently, so that every notice is read anew; a test tells when that is.
 */
export const READING_RULES = 10;

/** What the rules read out of the public content of a version: a function of nothing else, so that it can be made again at any time. */
export function readNotice(content: NoticeContent): NoticeReading {
  const { category, stage, bodyHtml, fields = {} } = content;
  return toReading(
    content,
    content.facts ? givenFacts(content.facts) : screenFacts(extractFacts({ html: bodyHtml, category, stage, fields })),
  );
}

/** What lists show and filters use, chosen from the facts of a notice. */
export function toReading(content: NoticeContent, facts: Facts): NoticeReading {
  return {
    projectCode: content.projectCode ?? codeOf(facts.projectCode),
    lotCode: content.lotCode ?? codeOf(facts.lotCode),
    ...chooseFigures(content.category, content.stage, facts),
    facts,
  };
}

/** The present rules, for those who read or check stored notices. */
export const NOTICE_READER = { rules: READING_RULES, read: readNotice };

function codeOf(fact: FactValue | undefined): string | null {
  return normaliseProjectCode(fact?.text ?? '') || null;
}

/** Facts that were given as such: in the order of the facts table, and nothing else. */
function givenFacts(given: Facts): Facts {
  return screenFacts(Object.fromEntries(FACT_KEYS.flatMap((key) => (given[key] ? [[key, given[key]]] : []))));
}

/** Out of its surroundings a number may look like a person's that inside them did not. */
function screenFacts(found: Facts): Facts {
  return mapFactTexts(found, (text) => redactPersonalData(text).value);
}
