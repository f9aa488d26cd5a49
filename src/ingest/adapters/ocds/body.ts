import { headedTable, labelledTable, paragraphs } from '#src/formats/markup.ts';
import { amountText, suppliersOf, timeText } from './fields.ts';
import { present, type Release } from './release.ts';

/** A notice's body from the descriptive parts of a release. Names of organisations only; contacts are never part of it. */
export function bodyOf(release: Release, fields: Readonly<Record<string, string>>): string {
  const { planning, tender } = release;
  return [
    section('项目概况', planning?.rationale, tender?.description, planning?.budget?.description),
    labelledTable(fields),
    table('采购内容', ['名称', '分类', '数量', '单位'], itemsOf(release)),
    table('标段', ['标段编号', '标段名称', '内容', '估算金额'], lotsOf(release)),
    section('资格条件', tender?.eligibilityCriteria, tender?.selectionCriteria),
    section('评审办法', tender?.awardCriteriaDetails),
    section('递交方式', tender?.submissionMethodDetails),
    section('采购方式说明', tender?.procurementMethodRationale),
    table('更正', ['日期', '原因', '内容'], amendmentsOf(release)),
    table('答疑', ['问题', '说明', '答复'], enquiriesOf(release)),
    ...awardsOf(release),
    ...contractsOf(release),
  ].join('');
}

function section(heading: string, ...texts: (string | undefined)[]): string {
  const html = texts.map((text) => paragraphs(text ?? '')).join('');
  return html === '' ? '' : `<h3>${heading}</h3>${html}`;
}

function table(heading: string, headers: readonly string[], rows: readonly string[][]): string {
  return rows.length === 0 ? '' : `<h3>${heading}</h3>${headedTable(headers, rows)}`;
}

/** Items of the tender, else those awarded or contracted. */
function itemsOf({ tender, awards, contracts }: Release): string[][] {
  const later = [...present(contracts), ...present(awards)].map(({ items }) => present(items));
  const items = [present(tender?.items), ...later].find((list) => list.length > 0) ?? [];
  return items.map(({ description = '', classification, quantity = '', unit }) => [
    description,
    classification?.description ?? '',
    quantity,
    unit?.name ?? '',
  ]);
}

function lotsOf({ tender }: Release): string[][] {
  return present(tender?.lots).map(({ id = '', title = '', description = '', value }) => [
    id,
    title,
    description,
    amountText(value),
  ]);
}

function amendmentsOf({ tender }: Release): string[][] {
  return present(tender?.amendments).map(({ date, rationale = '', description = '' }) => [
    timeText(date),
    rationale,
    description,
  ]);
}

function enquiriesOf({ tender }: Release): string[][] {
  return present(tender?.enquiries).map(({ title = '', description = '', answer = '' }) => [
    title,
    description,
    answer,
  ]);
}

function awardsOf({ awards }: Release): string[] {
  const given = present(awards);
  const rows = given.map((award) => [
    present(award.relatedLots).join('、'),
    award.title ?? '',
    suppliersOf(award),
    amountText(award.value),
    timeText(award.date),
  ]);
  return [
    section('中标（成交）说明', ...given.map(({ description }) => description)),
    given.length > 1 ? table('中标（成交）明细', ['标段编号', '名称', '中标供应商', '中标金额', '日期'], rows) : '',
  ];
}

function contractsOf({ contracts }: Release): string[] {
  const given = present(contracts);
  const rows = given.map(({ id = '', title = '', value, dateSigned }) => [
    id,
    title,
    amountText(value),
    timeText(dateSigned),
  ]);
  return [
    section('合同说明', ...given.map(({ description }) => description)),
    given.length > 1 ? table('合同明细', ['合同编号', '名称', '合同金额', '签订时间'], rows) : '',
  ];
}
