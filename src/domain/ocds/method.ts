import type { Facts } from '../facts/facts.ts';
import type { Stage } from '../stages.ts';
import type { ProcurementMethod } from './release.ts';
import { certainText } from './values.ts';

/** Chinese methods under the standard's codes; whoever negotiates or inquires after a public notice lets everyone in. */
const METHODS: readonly [word: RegExp, method: ProcurementMethod][] = [
  [/单一来源|直接(?:发包|采购)/, 'direct'],
  [/邀请/, 'limited'],
  [/公开|谈判|磋商|询价|询比|竞价/, 'open'],
];

/** How the supplier is chosen: the code, and the source's own words. */
export function toMethod(facts: Facts, stage: Stage) {
  const words = certainText(facts.procurementMethod);
  const code = METHODS.find(([word]) => word.test(words ?? ''))?.[1];
  return {
    procurementMethod: code ?? (stage === 'singleSourceNotice' ? ('direct' as const) : undefined),
    procurementMethodDetails: words,
  };
}
