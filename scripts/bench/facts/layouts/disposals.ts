import { type LabelledNotice, labelled } from '../labelled.ts';
import { plainYuan, type Truth, wanNumber } from '../truth.ts';

type Layout = (truth: Truth) => LabelledNotice;

/** Offering with headers of two rows. */
const landOffering: Layout = (truth) => {
  const parcels = truth.parcels.slice(0, 2);
  return labelled({
    name: 'land offering, headers of two rows',
    category: 'land',
    stage: 'landOffering',
    html: `<p>经批准，${truth.buyer.name}决定以挂牌方式出让2宗国有建设用地使用权，现将有关事项公告如下：</p><p>一、出让地块的基本情况和规划指标要求：</p><table><tr><td rowspan="2">地块编号</td><td rowspan="2">土地坐落</td><td rowspan="2">土地面积（㎡）</td><td rowspan="2">土地用途</td><td rowspan="2">出让年限（年）</td><td colspan="2">规划指标要求</td><td rowspan="2">起始价（万元）</td><td rowspan="2">竞买保证金（万元）</td></tr><tr><td>容积率</td><td>建筑密度</td></tr>${parcels.map((parcel) => `<tr><td>${parcel.no}</td><td>${parcel.place}</td><td>${parcel.area.toFixed(2)}</td><td>工业用地</td><td>50</td><td>≥1.2</td><td>≥40%</td><td>${wanNumber(parcel.start)}</td><td>${wanNumber(parcel.deposit)}</td></tr>`).join('')}</table><p>五、本次挂牌时间：${truth.documentsFrom}至${truth.documentsTo}。</p><p>挂牌报价截止时间：${truth.opening.chinese}</p><p>联系单位：${truth.buyer.name}</p>`,
    facts: {
      buyer: truth.buyer.name,
      parcelNo: parcels.map(({ no }) => no).join('；'),
      startPrice: null,
      deposit: null,
      landArea: null,
      deadline: truth.opening.instant,
    },
    entries: {
      parcels: parcels.map((parcel) => ({
        parcelNo: parcel.no,
        landArea: parcel.area,
        startPrice: parcel.start,
        deposit: parcel.deposit,
      })),
    },
  });
};

/** One parcel as label and value cells. */
const landParcel: Layout = (truth) => {
  const [parcel] = truth.parcels;
  return labelled({
    name: 'land offering, one parcel in a table of six columns',
    category: 'land',
    stage: 'landOffering',
    html: `<table><tr><td>宗地编号：</td><td>${parcel?.no}</td><td>宗地总面积：</td><td>${parcel?.area.toFixed(2)}平方米</td><td>宗地坐落：</td><td>${parcel?.place}</td></tr><tr><td>出让年限：</td><td>70年</td><td>容积率：</td><td>大于1.0并且小于或等于2.0</td><td>建筑密度(%)：</td><td>小于或等于30</td></tr><tr><td>土地用途：</td><td>住宅用地</td><td>保证金：</td><td>${wanNumber(parcel?.deposit ?? 0)}万元</td><td>评估价：</td><td></td></tr><tr><td>起始价：</td><td>${wanNumber(parcel?.start ?? 0)}万元</td><td>加价幅度：</td><td>50万元</td><td></td><td></td></tr></table>`,
    facts: {
      parcelNo: parcel?.no ?? '',
      landArea: parcel?.area ?? 0,
      location: parcel?.place ?? '',
      grantTerm: '70年',
      plotRatio: '大于1.0并且小于或等于2.0',
      landUse: '住宅用地',
      deposit: parcel?.deposit ?? 0,
      startPrice: parcel?.start ?? 0,
    },
  });
};

/** A deal with hectares in the header. */
const landDeal: Layout = (truth) => {
  const [parcel] = truth.parcels;
  const winner = truth.bidders[0]?.name ?? '';
  return labelled({
    name: 'land deal, hectares in the header',
    category: 'land',
    stage: 'landDealNotice',
    html: `<p>公示时间：${truth.documentsFrom}至${truth.documentsTo}</p><table><tr><td>宗地编号</td><td>地块位置</td><td>土地用途</td><td>土地面积(公顷)</td><td>出让年限</td><td>成交价(万元)</td><td>受让单位</td></tr><tr><td>${parcel?.no}</td><td>${parcel?.place}</td><td>商服用地</td><td>${((parcel?.area ?? 0) / 10_000).toFixed(6)}</td><td>40</td><td>${wanNumber(parcel?.deal ?? 0)}</td><td>${winner}</td></tr></table><p>出让人：${truth.buyer.name}</p>`,
    facts: {
      buyer: truth.buyer.name,
      parcelNo: parcel?.no ?? '',
      landArea: parcel?.area ?? 0,
      dealPrice: parcel?.deal ?? 0,
      supplier: [winner],
      publicityPeriod: `${truth.documentsFrom}至${truth.documentsTo}`,
    },
  });
};

/** Several parcels of one deal notice. */
const landDeals: Layout = (truth) =>
  labelled({
    name: 'land deal, three parcels',
    category: 'land',
    stage: 'landDealNotice',
    html: `<table><thead><tr><th>序号</th><th>宗地编号</th><th>成交价（元）</th><th>竞得人</th></tr></thead>${truth.parcels.map((parcel, index) => `<tr><td>${index + 1}</td><td>${parcel.no}</td><td>${plainYuan(parcel.deal)}</td><td>${truth.bidders[index]?.name}</td></tr>`).join('')}</table>`,
    facts: {
      parcelNo: truth.parcels.map(({ no }) => no).join('；'),
      dealPrice: null,
      supplier: truth.bidders.slice(0, 3).map(({ name }) => name),
    },
    entries: {
      parcels: truth.parcels.map((parcel, index) => ({
        parcelNo: parcel.no,
        dealPrice: parcel.deal,
        supplier: truth.bidders[index]?.name ?? '',
      })),
    },
  });

/** A mining right in labelled lines. */
const mining: Layout = (truth) => {
  const [parcel] = truth.parcels;
  return labelled({
    name: 'mining offering, labelled lines',
    category: 'mining',
    stage: 'miningOffering',
    html: `<p>（一）出让人：${truth.buyer.name}</p><p>（二）矿区位置：${parcel?.place}</p><p>（三）开采矿种：建筑用灰岩</p><p>（四）矿区面积：0.2312平方公里</p><p>（五）起始价：${wanNumber(parcel?.start ?? 0)}万元；竞买保证金：${wanNumber(parcel?.deposit ?? 0)}万元</p><p>（六）出让年限：5年</p><p>挂牌截止时间：${truth.opening.day}${truth.opening.plain.slice(11) < '12' ? '上午' : '下午'}${truth.opening.plain.slice(11)}</p>`,
    facts: {
      buyer: truth.buyer.name,
      location: parcel?.place ?? '',
      mineral: '建筑用灰岩',
      landArea: 231_200,
      startPrice: parcel?.start ?? 0,
      deposit: parcel?.deposit ?? 0,
      grantTerm: '5年',
      deadline: truth.opening.instant,
    },
  });
};

/** A listing in a table of labels. */
const propertyListing: Layout = (truth) =>
  labelled({
    name: 'property listing, table of labels',
    category: 'property',
    stage: 'propertyListing',
    html: `<table><tr><td>标的名称</td><td>${truth.name}闲置设备</td></tr><tr><td>标的编号</td><td>${truth.code}</td></tr><tr><td>转让方名称</td><td>${truth.buyer.name}</td></tr><tr><td>评估值（万元）</td><td>${wanNumber(truth.ceiling)}</td></tr><tr><td>转让底价（万元）</td><td>${wanNumber(truth.budget)}</td></tr><tr><td>交易保证金</td><td>${wanNumber(truth.deposit)}万元</td></tr><tr><td>信息披露期</td><td>${truth.documentsFrom}至${truth.documentsTo}</td></tr><tr><td>信息披露截止时间</td><td>${truth.opening.plain}</td></tr><tr><td>交易方式</td><td>网络竞价</td></tr></table>`,
    facts: {
      projectName: `${truth.name}闲置设备`,
      projectCode: truth.code,
      buyer: truth.buyer.name,
      appraisedValue: truth.ceiling,
      listingPrice: truth.budget,
      deposit: truth.deposit,
      listingPeriod: `${truth.documentsFrom}至${truth.documentsTo}`,
      deadline: truth.opening.instant,
      procurementMethod: '网络竞价',
    },
  });

/** A rent by the year: a price per unit, no sum. */
const propertyRent: Layout = (truth) =>
  labelled({
    name: 'property listing, rent by the year',
    category: 'property',
    stage: 'propertyListing',
    html: `<p>项目名称：${truth.name}门面房招租</p><p>项目编号：${truth.code}</p><p>出租方：${truth.buyer.name}</p><p>挂牌价：${wanNumber(truth.deposit)}万元/年</p><p>报名截止时间：${truth.opening.chinese}</p>`,
    facts: {
      projectName: `${truth.name}门面房招租`,
      projectCode: truth.code,
      buyer: truth.buyer.name,
      listingPrice: null,
      deadline: truth.opening.instant,
    },
  });

/** A property deal. */
const propertyDeal: Layout = (truth) =>
  labelled({
    name: 'property deal, labelled lines',
    category: 'property',
    stage: 'propertyDeal',
    html: `<p>一、标的名称：${truth.name}闲置设备</p><p>二、标的编号：${truth.code}</p><p>三、转让方：${truth.buyer.name}</p><p>四、受让方：${truth.bidders[0]?.name}</p><p>五、评估结果：${wanNumber(truth.ceiling)}万元</p><p>六、转让底价：${wanNumber(truth.ceiling)}万元</p><p>七、交易价格：${wanNumber(truth.budget)}万元</p>`,
    facts: {
      projectName: `${truth.name}闲置设备`,
      projectCode: truth.code,
      buyer: truth.buyer.name,
      supplier: [truth.bidders[0]?.name ?? ''],
      appraisedValue: truth.ceiling,
      listingPrice: truth.ceiling,
      dealPrice: truth.budget,
    },
  });

/** Structures of disposals: land, mining rights, property. */
export const DISPOSAL_LAYOUTS: readonly Layout[] = [
  landOffering,
  landParcel,
  landDeal,
  landDeals,
  mining,
  propertyListing,
  propertyRent,
  propertyDeal,
];
