import { price, wan, yuan } from '../amounts.ts';
import { addDays, formatChineseDay, formatChineseTime } from '../calendar.ts';
import { facts, type Section, section, table, text } from '../document.ts';
import type { Parcel, ProjectDetails, ProjectEvent } from '../model.ts';

const wanNumber = (fen: number): string => wan(fen).replace('万元', '');

function grantorSection(details: ProjectDetails): Section {
  const { buyer } = details;
  return section(
    '联系方式',
    facts(['出让人', buyer.name], ['地址', buyer.address], ['联系人', buyer.contact], ['联系电话', buyer.phone]),
  );
}

function parcelFacts(parcel: Parcel) {
  return facts(
    ['宗地编号', parcel.no],
    ['土地坐落', parcel.location],
    ['出让面积', `${parcel.area.toFixed(2)}平方米`],
    ['土地用途', parcel.use],
    ['出让年限', `${parcel.years}年`],
    ['容积率', parcel.plotRatio],
    ['起始价', wan(parcel.startFen)],
    ['竞买保证金', wan(parcel.depositFen)],
  );
}

function parcelTable(parcels: readonly Parcel[]) {
  return table(
    [
      '宗地编号',
      '土地位置',
      '出让面积（平方米）',
      '土地用途',
      '出让年限（年）',
      '容积率',
      '起始价（万元）',
      '竞买保证金（万元）',
    ],
    parcels.map((parcel) => [
      parcel.no,
      parcel.location,
      parcel.area.toFixed(2),
      parcel.use,
      String(parcel.years),
      parcel.plotRatio,
      wanNumber(parcel.startFen),
      wanNumber(parcel.depositFen),
    ]),
  );
}

/** 国有建设用地使用权出让公告. */
export function landOffering(details: ProjectDetails, event: ProjectEvent): Section[] {
  const { round } = event;
  const first = details.parcels[0];
  const end = formatChineseTime(round.deadline);
  const start = formatChineseDay(addDays(round.deadline.slice(0, 10), -10));
  return [
    section(
      '',
      text(
        `经批准，${details.buyer.name}决定以${details.plan.method}方式出让下列国有建设用地使用权，公告文号：${details.code}。`,
      ),
    ),
    section(
      '出让地块的基本情况和规划指标要求',
      details.parcels.length === 1 && first ? parcelFacts(first) : parcelTable(details.parcels),
    ),
    section(
      '竞买人资格及报名',
      text('中华人民共和国境内外的法人、自然人和其他组织均可申请参加，可以单独申请，也可以联合申请。'),
      facts(
        ['获取出让文件时间', `${formatChineseDay(round.documentsFrom)}至${end}`],
        ['报名截止时间', end],
        ['挂牌截止时间', end],
        ['挂牌期限', `${start}至${end}`],
      ),
    ),
    section('确定竞得人', text('按照价高者得的原则确定竞得人，设有底价的，报价不得低于底价。')),
    grantorSection(details),
  ];
}

/** 成交公示 and 出让结果: who got which parcel for how much. */
export function landDealNotice(details: ProjectDetails, event: ProjectEvent): Section[] {
  const winner = details.agency.name.replace(/(?:项目管理|工程咨询|招标咨询|采购咨询)有限公司$/, '置业有限公司');
  const first = details.parcels[0];
  const from = formatChineseDay(addDays(event.publishedAt.slice(0, 10), 1));
  const rows = details.parcels.map((parcel) => [
    parcel.no,
    parcel.location,
    parcel.area.toFixed(2),
    parcel.use,
    wanNumber(parcel.dealFen),
    winner,
  ]);
  const deal =
    details.parcels.length === 1 && first
      ? facts(
          ['宗地编号', first.no],
          ['土地坐落', first.location],
          ['土地面积', `${first.area.toFixed(2)}平方米`],
          ['土地用途', first.use],
          ['出让年限', `${first.years}年`],
          ['成交价', wan(first.dealFen)],
          ['竞得人', winner],
        )
      : table(['宗地编号', '土地位置', '土地面积（平方米）', '土地用途', '成交价（万元）', '受让人'], rows);
  return [
    section('地块基本情况', facts(['公告文号', details.code], ['出让方式', details.plan.method]), deal),
    section('公示期', facts(['公示期', `${from}起10个工作日`])),
    grantorSection(details),
  ];
}

/** 信息预披露 and 挂牌披露. */
export function propertyListing(details: ProjectDetails, event: ProjectEvent): Section[] {
  const lot = details.lots[0];
  const { round } = event;
  const end = formatChineseTime(round.deadline);
  const base = lot?.budgetFen ?? 0;
  return [
    section(
      '标的基本情况',
      facts(
        ['标的编号', details.code],
        ['标的名称', details.name],
        ['转让方', details.buyer.name],
        ['交易类型', lot?.name ?? ''],
        ['标的位置', details.location],
        ['评估值', price(Math.round(base / 1.05 / 10_000) * 10_000, details.style)],
      ),
    ),
    section(
      '交易条件',
      facts(
        ['挂牌价格', price(base, details.style)],
        ['交易保证金', wan(Math.max(1, Math.round((base * 0.2) / 1_000_000)) * 1_000_000)],
        ['交易方式', '网络竞价'],
        ['信息披露期', `${formatChineseDay(round.documentsFrom)}至${end}`],
        ['信息披露截止时间', end],
      ),
      text('信息披露期满，如未征集到意向受让方，按照5个工作日为一个周期延长信息披露。'),
    ),
    section(
      '受让方资格条件',
      text('意向受让方应为依法设立并有效存续的企业法人、其他经济组织或具有完全民事行为能力的自然人。'),
    ),
    section('联系方式', facts(['联系人', details.agency.contact], ['联系电话', details.agency.phone])),
  ];
}

/** 产权成交公告. */
export function propertyDeal(details: ProjectDetails): Section[] {
  const lot = details.lots[0];
  const bid = lot?.bids[0];
  return [
    section(
      '成交信息',
      facts(
        ['标的编号', details.code],
        ['标的名称', details.name],
        ['转让方', details.buyer.name],
        ['受让方', bid?.company.name ?? ''],
        ['转让底价', yuan(lot?.budgetFen ?? 0)],
        ['交易价格', price(bid?.priceFen ?? 0, details.style)],
        ['交易方式', '网络竞价'],
      ),
    ),
    section('公告期', text('自发布之日起5个工作日。')),
  ];
}
