import { makeIdNumber, makeMobile } from '../generate/codes.ts';
import type { DemoNotice } from '../generate/model.ts';
import { makePerson } from '../generate/names.ts';
import { Random } from '../generate/random.ts';
import type { FeedItem } from './store.ts';

/** Numbers of natural persons that a notice's page shows and the portal may not. */
export interface PersonalNumbers {
  mobile?: string;
  idNumber?: string;
}

const LAND_DEALS = new Set(['landDealNotice', 'landResult', 'propertyDeal']);
const SEAL = '<span style="font-size:0.001px;color:#fff">&amp;&amp;&amp;盖章位置2&amp;&amp;&amp;</span>';
const TEMPLATE = '<div class="attach"><a href="{{downloadurl}}">{{filename}}</a></div>';

function streamOf(notice: DemoNotice): Random {
  return new Random('page', notice.key);
}

/** The personal numbers on a notice's page; the same on every site that shows it. */
export function personalNumbersOf(notice: DemoNotice): PersonalNumbers {
  const random = streamOf(notice);
  const numbers: PersonalNumbers = {};
  if (random.chance(0.08)) numbers.mobile = makeMobile(random);
  if (random.chance(LAND_DEALS.has(notice.stage) ? 0.3 : 0.01)) numbers.idNumber = makeIdNumber(random);
  return numbers;
}

/** The ways in which people write a mobile number: plain, glued to an office number, in pieces, in full-width digits. */
function writeMobile(mobile: string, random: Random): string {
  const fullWidth = mobile.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
  const pieces = `<span>${mobile.slice(0, 3)}</span><span>${mobile.slice(3, 7)}</span><span>${mobile.slice(7)}</span>`;
  return random.pick([
    mobile,
    `${mobile}0537-000${random.digits(4)}`,
    pieces,
    fullWidth,
    `${mobile.slice(0, 3)} ${mobile.slice(3, 7)} ${mobile.slice(7)}`,
  ]);
}

/** The markup that a site shows as the notice's body: the text with what real editors leave in it. */
export function servedBody({ notice, flaw }: FeedItem): string {
  if (flaw === 'empty-detail') return TEMPLATE;
  const { mobile, idNumber } = personalNumbersOf(notice);
  const random = new Random('writing', notice.key);
  const parts = [notice.body];
  if (mobile) parts.push(`<p>现场踏勘联系人：${makePerson(random)}，手机：${writeMobile(mobile, random)}</p>`);
  if (idNumber) parts.push(`<p>申请人：${makePerson(random)}${idNumber}</p>`);
  if (random.chance(0.2)) parts.push(`<p>${SEAL}&nbsp;</p>`);
  if (random.chance(0.05)) parts.push(`<p style="display:none">模板编号：${random.digits(6)}</p>`);
  return parts.join('\n').replace('公告', random.chance(0.1) ? '公\u200b告' : '公告');
}

/** The body as some editors save it: a whole document of its own inside the page. */
export function nestedDocument(body: string): string {
  return `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>Title</title><style>*{margin:0}table{width:100%}</style></head><body>${body}</body></html>`;
}
