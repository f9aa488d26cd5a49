/** Surnames of two characters, with which a name has up to four. */
const LONG_SURNAME =
  /^(?:欧阳|上官|司马|诸葛|东方|皇甫|公孙|慕容|令狐|宇文|长孙|司徒|端木|夏侯|尉迟|澹台|公冶|南宫|东郭|百里|闻人|申屠|轩辕|钟离|鲜于|赫连|呼延|拓跋|独孤|完颜)/;
/** What names of bodies end in. */
const BODY =
  /(?:局|院|校|站|所|心|司|厂|店|部|社|会|队|馆|库|园|处|办|委|室|场|行|村|镇|乡|县|市|区|街|路|寺|楼|厅|署|团|府|学|业|户|家|坊|铺|城|港|矿|网|台|组|庄|湾|集)$/;

/**
 * Does a party's name look like a natural person's: masked, or two to four characters that name no body? Persons get no
 * page, so when in doubt a short name counts as one.
 */
export function looksLikePerson(name: string): boolean {
  const bare = name.replace(/[\s\u200b（(].*$/u, '');
  if (/^\p{Script=Han}[*＊某×xX○]{1,3}$/u.test(bare) || /^\p{Script=Han}[*＊某×]\p{Script=Han}$/u.test(bare))
    return true;
  if (BODY.test(bare)) return false;
  return /^\p{Script=Han}{2,3}$/u.test(bare) || (/^\p{Script=Han}{4}$/u.test(bare) && LONG_SURNAME.test(bare));
}
