import type { ExposureContent } from '#src/domain/exposures/content.ts';
import { mapFactTexts } from '#src/domain/facts/given-facts.ts';
import { legibleLine, withoutInvisible } from '#src/domain/notices/legible.ts';
import type { NoticeContent } from '#src/domain/notices/notice-content.ts';
import { redactPersonalData } from '#src/domain/personal-data/redact.ts';
import { FeedFormatError } from '#src/formats/format-error.ts';
import { sanitizeBody } from '../sanitize/sanitize.ts';

/** What stored content is under the present rules. */
export interface Cleaned<Content> {
  content: Content;
  /** Numbers that were masked just now. */
  masked: number;
}

/** Stored content of a notice by the present rules, with the plain text of its body. Equal content when it is clean already. */
export function cleanNotice(stored: NoticeContent): Cleaned<NoticeContent> & { text: string } {
  const mask = new Mask();
  const body = cleanBody(stored.bodyHtml, stored.sourceUrl ?? undefined);
  const { title, fields, facts, attachments, projectCode, lotCode } = stored;
  const content: NoticeContent = {
    ...stored,
    title: mask.line(title) || title,
    projectCode: projectCode && (withoutInvisible(projectCode) || null),
    lotCode: lotCode && (withoutInvisible(lotCode) || null),
    bodyHtml: mask.text(body.html),
    attachments: attachments.map(({ name, url }) => ({ name: mask.line(name), url })),
    ...(fields
      ? { fields: Object.fromEntries(Object.entries(fields).map(([key, value]) => [mask.line(key), mask.text(value)])) }
      : {}),
    ...(facts ? { facts: mapFactTexts(facts, (text) => mask.text(text)) } : {}),
  };
  const { masked } = mask;
  return {
    content: { ...content, redacted: stored.redacted || masked > 0 },
    text: redactPersonalData(body.text).value,
    masked,
  };
}

/** Stored content of an entry of the exposure board or the blacklist by the present rules. What identifies it stays. */
export function cleanExposure(stored: ExposureContent): Cleaned<ExposureContent> {
  const mask = new Mask();
  const content: ExposureContent = {
    ...stored,
    violation: mask.text(stored.violation),
    minorReason: stored.minorReason && mask.text(stored.minorReason),
    facts: mask.text(stored.facts),
    legalBasis: mask.text(stored.legalBasis),
    penaltyContent: mask.text(stored.penaltyContent),
    documents: stored.documents.map(({ name, url }) => ({ name: mask.line(name), url })),
  };
  return { content, masked: mask.masked };
}

/** Words of a register or a reason as they may be shown. */
export function cleanWords(text: string): string {
  return new Mask().text(text);
}

class Mask {
  masked = 0;

  text(value: string): string {
    const screened = redactPersonalData(withoutInvisible(value));
    this.masked += screened.masked;
    return screened.value;
  }

  line(value: string): string {
    return this.text(legibleLine(value));
  }
}

/** A body that is too much for the present limits keeps its text. */
function cleanBody(html: string, baseUrl: string | undefined): { html: string; text: string } {
  try {
    return sanitizeBody(html, baseUrl);
  } catch (error) {
    if (!(error instanceof FeedFormatError)) throw error;
    const lines = html.split(/<[^>]*>/).filter((line) => line.trim() !== '');
    return sanitizeBody(lines.map((line) => `<p>${line}</p>`).join(''));
  }
}
