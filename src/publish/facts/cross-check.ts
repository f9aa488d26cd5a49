import type { FactDoubt } from '#src/domain/facts/fact-evidence.ts';
import type { Facts, FactValue } from '#src/domain/facts/facts.ts';
import { dayOf, isSameMoment, toMoment } from '#src/domain/time/moment.ts';
import { confirm } from './confidence.ts';

/** The fact that a feed's field and the body give together: the field's, unless the body contradicts it or is more exact. */
export function withDoubts(field: FactValue | undefined, body: FactValue | undefined): FactValue | undefined {
  if (!field || !body) return field ?? body;
  if (field.fen !== undefined && body.fen !== undefined && field.fen !== body.fen) return doubt(field, 'contradiction');
  const [told, written] = [toMoment(field.instant, field.precision), toMoment(body.instant, body.precision)];
  if (told && written && !isSameMoment(told, written)) {
    if (dayOf(told) !== dayOf(written)) return doubt(field, 'contradiction');
    if (told.precision === 'day') return body;
    if (written.precision !== 'day') return doubt(field, 'contradiction');
  }
  const isTyped = (fact: FactValue) =>
    fact.fen !== undefined || fact.instant !== undefined || fact.squareMetres !== undefined;
  if (isTyped(body) && !isTyped(field) && field.doubt && ['unit', 'zero', 'unreadable'].includes(field.doubt))
    return body;
  const isSame = isTyped(field) ? isTyped(body) : field.text === body.text;
  // The same value: the body's place can be shown.
  return isSame ? confirm({ ...field, ...(body.span ? { span: body.span } : {}) }) : field;
}

/** Facts that contradict each other within one notice: an award above the ceiling price or the budget is doubtful. */
export function checkTogether(facts: Facts): Facts {
  const award = facts.awardAmount;
  const limits = [facts.ceilingPrice?.fen, facts.budget?.fen].filter((fen) => fen !== undefined);
  if (award?.fen === undefined || !limits.some((limit) => (award.fen ?? 0) > limit)) return facts;
  return { ...facts, awardAmount: doubt(award, 'aboveCeiling') };
}

function doubt({ text, rule, span }: FactValue, reason: FactDoubt): FactValue {
  return { text, ...(rule ? { rule } : {}), ...(span ? { span } : {}), doubt: reason };
}
