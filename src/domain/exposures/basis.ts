/** Laws by the short names under which the table of misconduct cites them. */
const LAWS: Record<string, string> = {
  BL: '招标投标法',
  BLR: '招标投标法实施条例',
  GPL: '政府采购法',
  GPR: '政府采购法实施条例',
};
const DIGITS = '零一二三四五六七八九';

/** `BLR 39–40；GPR 74` as readers know it: `《招标投标法实施条例》第三十九条至第四十条；《政府采购法实施条例》第七十四条`. Other words stay. */
export function describeBasis(basis: string): string {
  return basis
    .split('；')
    .map((part) => {
      const [, law = '', articles = ''] = /^(\w+) ([\d–、]+)$/.exec(part) ?? [];
      const name = LAWS[law];
      if (!name) return part;
      const spans = articles.split('、').map((span) => span.split('–').map(toArticle).join('至'));
      return `《${name}》${spans.join('、')}`;
    })
    .join('；');
}

/** The n-th article; n below 100. */
function toArticle(text: string): string {
  const [tens, ones] = [Math.floor(Number(text) / 10), Number(text) % 10];
  const head = tens === 0 ? '' : `${tens === 1 ? '' : DIGITS[tens]}十`;
  return `第${head}${ones > 0 ? DIGITS[ones] : ''}条`;
}
