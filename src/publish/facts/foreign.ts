import { findColumn, findLabel, type Labels } from './labels.ts';
import { normaliseLabel } from './normalise-label.ts';

/** Columns of things, people, scores and earlier work. */
const OF_OTHERS =
  /业绩|规格|型号|品牌|单价|技术参数|职称|身份证|证书|专家|评委|否决|废标|未中标|落标|不通过|资格审查|资格性|符合性|签到|技术(?:得分|分|标)|商务(?:得分|分|标)|价格(?:得分|分)/;
/** What a table of the notice's own names, whatever else it has. */
const OWN: ReadonlySet<string> = new Set([
  'budget',
  'ceilingPrice',
  'deposit',
  'parcelNo',
  'startPrice',
  'dealPrice',
  'listingPrice',
  'rank',
]);

/** Is it a table of things, people, scores or past work, whose names and sums are nobody's facts? */
export function isForeignTable(headers: readonly string[], labels: Labels): boolean {
  const words = headers.map(normaliseLabel);
  const columns = headers.map((header) => findColumn(header, labels));
  // Where all bids stand with their prices, a column may say why some do not count.
  const isOfBids = columns.includes('awardAmount') && columns.includes('supplier');
  const isOwn = (index: number) => isOfBids && columns[index] === 'rejectionReason';
  if (words.some((word, index) => /业绩|未中标|落标|否决|废标/.test(word) && !isOwn(index))) return true;
  if (!words.some((word, index) => OF_OTHERS.test(word) && !isOwn(index))) return false;
  return !headers.some((header, index) => {
    const column = columns[index];
    const known = findLabel(header, labels)?.known[0];
    if (column && OWN.has(column)) return true;
    return (
      known !== undefined &&
      (OWN.has(known.key) ||
        (known.key === 'awardAmount' && known.tier < 3) ||
        (known.key === 'supplier' && known.tier === 0))
    );
  });
}
