import { load } from 'cheerio';
import { legibleLine } from '#src/domain/notices/legible.ts';

export { legibleLine as tidy } from '#src/domain/notices/legible.ts';

/** Tags that feeds put into titles; any other `<` in a title is a character. */
const INLINE_TAGS = /<\/?(?:em|font|span|b|strong|i|u|s|mark|a|sub|sup|small|big|label|p|div|q|nobr)\b[^<>]*>/gi;
const FLAG = /^【(?:全流程电子化?|电子全流程|电子标|不见面开标|置顶|最新|新|重要|热)】|^\[(?:置顶|最新|新|new|hot)\]/i;
const DISTRICT = /^(?:\[([^[\]]{2,12})\]|【([^【】]{2,12})】|[(（]([^()（）]{2,10}中心)[)）])/;
const DISTRICT_END = /(?:区|县|市|本级|市直|中心)$/;

/** Text of a title or label: highlights dropped, then entities decoded exactly once, blanks and zero-width characters tidied. */
export function stripMarkup(raw: string): string {
  const bare = raw.replace(/<br\s*\/?>/gi, ' ').replace(INLINE_TAGS, '');
  const text = bare.includes('&') ? load(bare.replace(/</g, '&lt;'), null, false).text() : bare;
  return legibleLine(text);
}

/** A title taken apart: clean text, and the district that a `[区县]` prefix names. */
export interface ParsedTitle {
  title: string;
  district?: string;
}

/** Title without markup, flags (`【电子全流程】`), district prefix and random serial suffix (docs/feeds.md#traps, 17). */
export function parseTitle(raw: string): ParsedTitle {
  let title = stripMarkup(raw);
  let district: string | undefined;
  for (;;) {
    const flag = FLAG.exec(title);
    const prefix = flag ?? DISTRICT.exec(title);
    const name = prefix?.[1] ?? prefix?.[2] ?? prefix?.[3];
    if (!prefix || (!flag && !(name && DISTRICT_END.test(name)))) break;
    const rest = title.slice(prefix[0].length).trim();
    if (rest === '') break;
    district ??= flag ? undefined : name;
    title = rest;
  }
  title = title.replace(/(公告|公示)\d{6}$/, '$1');
  return district ? { title, district } : { title };
}

/** `parseTitle(raw).title`. */
export function cleanTitle(raw: string): string {
  return parseTitle(raw).title;
}

/** The fullest of several forms of one title, given in order of trust: the longest that is not cut by `…` or `...`. */
export function pickTitle(...candidates: string[]): string {
  const forms = candidates.filter((form) => form.trim() !== '');
  const whole = forms.filter((form) => !/(?:…|\.{3})$/.test(stripMarkup(form)));
  const pool = whole.length > 0 ? whole : forms;
  const length = (form: string) => stripMarkup(form).length;
  return pool.reduce((best, form) => (length(form) > length(best) ? form : best), pool[0] ?? '');
}
