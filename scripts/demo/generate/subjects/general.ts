import { subject } from './subject.ts';

/** Purchases of state-owned firms, rural bodies and others outside the statutory lists. */
export const GENERAL_SUBJECTS = [
  subject('钢材采购项目', 'enterprise', 80, 1600, '供应链', '螺纹钢 盘圆 型钢'),
  subject('商品混凝土采购项目', 'enterprise', 60, 1200, '供应链', 'C30混凝土 C35混凝土 泵送'),
  subject('沥青混合料采购项目', 'enterprise', 60, 980, '供应链', 'AC-13 AC-20 运输摊铺'),
  subject('供水管材采购项目', 'enterprise', 40, 620, '商贸', '球墨铸铁管 PE管 管件'),
  subject('智能水表采购项目', 'enterprise', 30, 480, '科技', 'NB-IoT水表 集中器 管理平台'),
  subject('厂区视频监控改造项目', 'enterprise', 15, 160, '智能', '摄像机 录像机 光缆'),
  subject('企业食堂承包经营服务项目', 'enterprise', 20, 260, '餐饮', '主副食加工 餐厅保洁'),
  subject('办公楼物业服务项目', 'enterprise', 20, 240, '物业', '保洁 安保 绿化'),
  subject('融资担保中介服务项目', 'enterprise', 10, 90, '咨询', '尽职调查 信用评级'),
  subject('户外广告位经营权转让项目', 'city', 10, 160, '商贸', '公交站亭广告 高炮广告'),
  subject('公共停车场特许经营项目', 'enterprise', 60, 900, '智能', '停车泊位 收费系统 运营维护'),
  subject('村集体土地流转经营项目', 'street', 10, 180, '农业', '耕地流转 林地流转'),
  subject('农村集体扶贫车间租赁项目', 'street', 5, 60, '商贸', '厂房租赁 设备租赁'),
  subject('美丽乡村小型工程项目', 'street', 15, 190, '建设工程', '巷道硬化 墙体粉刷 路灯'),
  subject('罚没物资处置服务项目', 'safety', 5, 80, '商贸', '车辆处置 物资评估'),
  subject('景区文创产品开发服务项目', 'enterprise', 15, 180, '商贸', '文创设计 样品制作'),
  subject('电力设备采购项目', 'enterprise', 40, 560, '电子', '箱式变压器 高压开关柜 电缆'),
  subject('工程车辆租赁服务项目', 'enterprise', 15, 220, '商贸', '挖掘机租赁 自卸车租赁'),
] as const;
