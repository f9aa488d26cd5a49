const LABEL = /^[\p{Script=Han}()]*(?:编号|编码|代码|号码)\s*[:：]\s*/u;
const DASHES = /[\u2010-\u2015\u2212\uFE58\uFF0D]/g;

/**
 * A project or lot code in the form under which codes are compared: half-width, upper case, without label, blanks and
 * zero-width characters, every dash a hyphen, year brackets 〔2026〕 and 【2026】 as [2026]. Empty when the text holds no digit
 * (`无`, `/`, `详见附件`): such a text is no code.
 */
export function normaliseProjectCode(text: string): string {
  const code = text
    .normalize('NFKC')
    .replace(/[\p{Cf}\p{Cc}]/gu, '')
    .trim()
    .replace(LABEL, '')
    .replace(/\s+/g, '')
    .replace(DASHES, '-')
    .replace(/[〔【﹝]/g, '[')
    .replace(/[〕】﹞]/g, ']')
    .replace(/^[-:.,;、。]+|[-:.,;、。]+$/g, '')
    .toUpperCase();
  return /\d/.test(code) ? code : '';
}
