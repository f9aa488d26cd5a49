import { parseFeedTime } from '#src/domain/time/feed-time.ts';
import { formatDateTime } from '#src/domain/time/time.ts';
import { type Award, type Period, present, type Release, type Value } from './release.ts';

/** Labelled values under the labels that Chinese notices use, so that they are read like any notice's. */
export function fieldsOf(release: Release): Record<string, string> {
  const { tender, planning, buyer } = release;
  const awards = present(release.awards);
  const contracts = present(release.contracts);
  const [award] = awards;
  const [contract] = contracts;
  const agency = tender?.procuringEntity?.name;
  const fields: Record<string, string | undefined> = {
    项目名称: tender?.title ?? planning?.budget?.project,
    采购人: buyer?.name ?? nameOf(release, 'buyer'),
    代理机构: agency === buyer?.name ? undefined : agency,
    采购方式: tender?.procurementMethodDetails,
    预算金额: amountText(planning?.budget?.amount),
    合同估算价: amountText(tender?.value),
    投标截止时间: timeText(tender?.tenderPeriod?.endDate),
    // Several awards or contracts stand in tables: none of them is the notice's own.
    ...(awards.length === 1 && award
      ? { 中标供应商: suppliersOf(award), 中标金额: amountText(award.value), 中标日期: timeText(award.date) }
      : {}),
    ...(contracts.length === 1 && contract
      ? {
          合同编号: contract.id,
          合同金额: amountText(contract.value),
          合同签订时间: timeText(contract.dateSigned),
          合同履行期限: periodText(contract.period),
        }
      : {}),
  };
  return Object.fromEntries(Object.entries(fields).flatMap(([label, text]) => (text ? [[label, text]] : [])));
}

/** Names of an award's suppliers. */
export function suppliersOf({ suppliers }: Pick<Award, 'suppliers'>): string {
  return present(suppliers)
    .flatMap(({ name }) => name ?? [])
    .join('、');
}

/** An amount with its currency: yuan in Chinese, others by their code, so that they are never taken for yuan. */
export function amountText(value: Value): string {
  if (!value?.amount) return '';
  return value.currency === undefined || value.currency === 'CNY'
    ? `${value.amount} 元`
    : `${value.amount} ${value.currency}`;
}

/** A time as Shanghai's clocks show it; the text itself when it is no time. */
export function timeText(raw: string | undefined): string {
  const time = raw === undefined ? undefined : parseFeedTime(raw);
  return time ? formatDateTime(time.instant, time.precision) : (raw ?? '');
}

/** First to last day, or a number of days. */
export function periodText(period: Period): string {
  const { startDate, endDate, durationInDays } = period ?? {};
  const day = (text: string | undefined) => timeText(text).slice(0, 10);
  if (startDate && endDate) return `${day(startDate)} 至 ${day(endDate)}`;
  return durationInDays ? `${durationInDays} 日历天` : '';
}

function nameOf({ parties }: Release, role: string): string | undefined {
  return present(parties).find(({ roles }) => roles.includes(role))?.name;
}
