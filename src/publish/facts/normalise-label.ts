import { remember } from '#src/domain/site/remember.ts';

const NUMBERING =
  /^(?:[((]?[一二三四五六七八九十]{1,3}[))、.．]+|[((]?\d{1,3}[))、.．]+|\d+(?:\.\d+)+[、.]?|[①-⑳]|\d+(?=\p{Script=Han}))+/u;
const INTRODUCTIONS =
  /^(?:原公告的?(?=采购|招标|项目)|本次(?:招标|采购)?|本(?:招标|采购)?项目(?:的)?|该项目|现|更正后的?|变更后的?|延期后的?|调整后的?|修改后的?)(?=\p{Script=Han}{2})/u;
/** `招标范围2.1项目名称`: what stands before the number of an item belongs to what stood before. */
const EMBEDDED = /^.*\D\d{1,2}\.\d{1,2}(?:\.\d{1,2})?(?=\p{Script=Han})/u;
const CLOSINGS =
  /(?<=\p{Script=Han}{2})(?:(?:更正|变更|更改|修改|调整|延期|推迟)(?:为|至|到))?(?:为|是|如下|分别为)?(?:人民币)?$/u;
/** A lot named before the label: `第一标段招标控制价`, `2包预算金额`. */
const LOT =
  /^(?:第?[一二三四五六七八九十\d]{1,3}(?:标段|标包|合同包|包)|(?:标段|标包|合同包|包)[一二三四五六七八九十\dA-Z]{1,3}|[A-Z](?:包|标段))(?=\p{Script=Han}{2})/u;

/** `01包`, `2标段`: the number names the lot, it counts no items. */
const NUMBERED_LOT = /^\d{1,3}(?:标段|标包|合同包|采购包|分包|包|标项|分标|包组)$/;

/** Labels as they are compared: half-width, without blanks, numbering, brackets and words that only introduce. */
export const normaliseLabel = remember(normalise);

function normalise(raw: string): string {
  const bare = raw.normalize('NFKC').replace(/[\s*•·●■◆▲★☆※?]+/g, '');
  if (NUMBERED_LOT.test(bare)) return bare;
  return bare
    .replace(NUMBERING, '')
    .replace(/\([^()]*\)|\[[^[\]]*\]|【[^【】]*】/g, '')
    .replace(/[()[\]【】〔〕:：/、]/g, '')
    .replace(EMBEDDED, '')
    .replace(NUMBERING, '')
    .replace(INTRODUCTIONS, '')
    .replace(CLOSINGS, '');
}

/** A normalised label without the lot that it names, and that lot; undefined when it names none. */
export function splitLot(label: string): { lot: string; label: string } | undefined {
  const lot = LOT.exec(label)?.[0];
  return lot ? { lot, label: label.slice(lot.length) } : undefined;
}
