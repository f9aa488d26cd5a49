import { InputError } from '../errors.ts';
import { looksLikePerson } from '../organizations/person-name.ts';
import { redactPersonalData } from '../personal-data/redact.ts';
import { normaliseText } from '../search/fold.ts';

/** Where somebody says whose name follows. */
const NAMED = /(?:我叫|本人叫|我是|本人是|姓名(?:是|为|[:：])|联系人(?:是|为|[:：]))\s*(\p{Script=Han}{2,4})/gu;
/** How people are addressed, behind their names. */
const ADDRESSED = /\p{Script=Han}{1,3}(?:先生|女士|小姐|同志|师傅)/u;
const LEAST_OWN = 2;

/** Why a text may not become public; null when nothing is found. `own` is what the person filled in of themselves. */
export function personalFault(text: string, own: readonly string[] = []): string | null {
  if (redactPersonalData(text).masked > 0) return '里面有身份证号、手机号或银行卡号，去掉后才能公布';
  const folded = normaliseText(text).replaceAll(/\s/g, '');
  const isOwn = own
    .map((value) => normaliseText(value).replaceAll(/\s/g, ''))
    .some((value) => value.length >= LEAST_OWN && folded.includes(value));
  if (isOwn) return '里面有提交人的姓名、单位或者联系方式，去掉后才能公布';
  const isNamed = [...text.matchAll(NAMED)].some(([, name = '']) => looksLikePerson(name));
  return isNamed || ADDRESSED.test(text) ? '里面可能有姓名，去掉后才能公布' : null;
}

/** @throws InputError, at the field, for a text that may not become public, or is none */
export function assertScreenedText(name: string, text: string, own: readonly string[] = []): void {
  const message = text.trim().length < 2 ? '请填写' : personalFault(text, own);
  if (message !== null) throw new InputError([{ name, message }]);
}
