import type { Truth } from '../truth.ts';

/** The contacts at the end of a prescribed notice, in lines. */
export const contacts = ({ buyer, agency }: Truth) => `<p>七、对本次招标提出询问，请按以下方式联系。</p>
<p>1.采购人信息</p><p>名 称：${buyer.name}</p><p>地 址：${buyer.address}</p><p>联系方式：${buyer.phone}</p>
<p>2.采购代理机构信息</p><p>名 称：${agency.name}</p><p>地 址：${agency.address}</p><p>联系方式：${agency.phone}</p>
<p>3.项目联系方式</p><p>项目联系人：公冶砚</p><p>电 话：${agency.phone}</p>`;

/** The contacts in a table whose first column is merged. */
export const contactTable = ({ buyer, agency }: Truth) => `<table><tbody>
<tr><td rowspan="3">采购人</td><td>名称</td><td>${buyer.name}</td></tr><tr><td>地址</td><td>${buyer.address}</td></tr><tr><td>联系方式</td><td>${buyer.phone}</td></tr>
<tr><td rowspan="3">代理机构</td><td>名称</td><td>${agency.name}</td></tr><tr><td>地址</td><td>${agency.address}</td></tr><tr><td>联系方式</td><td>${agency.phone}</td></tr></tbody></table>`;

/** Labels of the parties. */
export const parties = ({ buyer, agency }: Truth) => ({ buyer: buyer.name, agency: agency.name });
