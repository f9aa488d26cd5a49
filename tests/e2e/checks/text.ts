import { redactPersonalData } from '#src/domain/personal-data/redact.ts';

/** Kinds of personal numbers in the text of a page. */
export const findPersonalData = (html: string): string[] => redactPersonalData(withoutTags(html)).kinds;

/** Text of a page without its tags, which hold ids and addresses; tags inside words leave no gap. */
const withoutTags = (html: string) =>
  html
    .replaceAll(/<(script|style)[\s\S]*?<\/\1>/g, ' ')
    .replaceAll(/<\/?(?:a|b|em|i|mark|s|strong|u)(?:\s[^>]*)?>/g, '')
    .replaceAll(/<[^>]*>/g, ' ');
