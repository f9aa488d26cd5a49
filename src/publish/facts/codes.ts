/** A remark behind a code that has a label of its own. */
const CODE_REMARK =
  /[（(【](?:[^（）()【】]{0,12}(?:编号|编码|文号|号码)[:：]|招标文件编号|项目编号|如有)[^（）()【】]*.*$/s;
/** Codes of authorities hold a few characters (`京土整储挂(丰)[2020]012号`), names more. */
const MOST_HAN = 16;
const CODE_PART = /^[A-Za-z0-9][A-Za-z0-9\-_/.]*$/;

/** The code at the head of a value; empty when it is none. A code may be parted by blanks between its groups of letters and digits. */
export function codeIn(value: string): string {
  const [first = '', ...rest] = (value.replace(CODE_REMARK, '').split(/[，,；;。、\n]/)[0] ?? '').trim().split(/\s+/);
  let code = first;
  for (const part of rest) {
    if (!CODE_PART.test(part) || !/[A-Za-z0-9]$/.test(code)) break;
    code += ` ${part}`;
  }
  const bare = code.replace(/[（(【][^）)】]*$/, '');
  const han = bare.match(/\p{Script=Han}/gu)?.length ?? 0;
  return (/\d/.test(bare) || /^[A-Z]$/i.test(bare)) && bare.length <= 80 && han <= MOST_HAN ? bare : '';
}
