import { subject } from './subject.ts';

/** Works, and the services that go with them. */
export const CONSTRUCTION_SUBJECTS = [
  subject('教学楼及附属用房建设项目', 'school', 900, 6800, '建筑', '土建工程 装饰工程 给排水工程 电气工程 室外管网'),
  subject('校园运动场改造工程', 'school', 180, 900, '建设工程', '塑胶跑道 人造草坪 排水沟 围网'),
  subject('病房楼改扩建项目', 'hospital', 2600, 21000, '建筑', '主体结构 医用气体 净化工程 消防工程 电梯'),
  subject('老旧小区改造工程', 'build', 600, 5200, '建筑', '屋面防水 外墙保温 雨污分流 路面硬化 智能门禁'),
  subject('城区道路提升改造工程', 'build', 700, 9800, '市政', '路基 沥青混凝土面层 人行道铺装 雨水管网 路灯'),
  subject('农村公路新建及养护工程', 'transport', 400, 4600, '路桥', '水泥稳定碎石基层 沥青面层 护栏 标志标线'),
  subject('跨河桥梁工程', 'transport', 1500, 12000, '路桥', '钻孔灌注桩 预应力箱梁 桥面铺装 伸缩缝'),
  subject('危桥改造工程', 'transport', 160, 1100, '路桥', '支座更换 桥面系 防撞护栏'),
  subject('污水处理厂提标改造工程', 'water', 1800, 15000, '环境', '生化池 深度处理车间 除臭系统 自控系统'),
  subject('农村生活污水治理工程', 'water', 300, 3600, '环境', '污水管网 一体化处理设备 化粪池'),
  subject('雨污管网分流改造工程', 'build', 900, 7600, '市政', 'HDPE双壁波纹管 检查井 路面恢复'),
  subject('河道综合治理工程', 'water', 800, 8800, '水利', '清淤疏浚 生态护岸 拦水坝 巡河道路'),
  subject('病险水库除险加固工程', 'water', 500, 3200, '水利', '坝体防渗 溢洪道 放水洞 安全监测'),
  subject('农村饮水安全巩固提升工程', 'water', 300, 2600, '水利', '输配水管网 净水设备 计量水表'),
  subject('高标准农田建设项目', 'farm', 1200, 6500, '水利', '机井 泵站 田间道路 农田林网 土地平整'),
  subject('现代农业产业园连体大棚建设工程', 'farm', 500, 3800, '农业', '连体温室 水肥一体化 冷链仓储'),
  subject('城区绿化提升工程', 'city', 150, 2200, '园林', '乔木栽植 灌木地被 喷灌系统 园路'),
  subject('口袋公园建设工程', 'city', 120, 900, '园林', '铺装 景观小品 绿化种植 照明'),
  subject('路灯照明节能改造项目', 'city', 200, 2600, '新能源', 'LED灯具 灯杆 单灯控制器 电缆'),
  subject('充电基础设施建设项目', 'enterprise', 400, 4800, '新能源', '直流充电桩 箱式变电站 雨棚'),
  subject('屋顶分布式光伏发电项目', 'enterprise', 600, 7200, '新能源', '光伏组件 逆变器 支架 并网柜'),
  subject('标准厂房在建工程续建项目', 'enterprise', 1200, 9600, '建设工程', '钢结构 屋面 地坪 消防'),
  subject('智慧城市视频监控杆体及管道工程', 'safety', 200, 1900, '智能', '监控立杆 手孔井 通信管道 接地'),
  subject('文化馆图书馆建设项目', 'culture', 1600, 13000, '建筑', '主体结构 幕墙 室内装修 智能化'),
  subject('生活垃圾中转站建设工程', 'city', 300, 2100, '市政', '压缩设备 车间 除臭 渗滤液处理'),
  subject('集中供热管网工程', 'enterprise', 900, 8600, '市政', '预制直埋保温管 换热站 补偿器'),
] as const;

/** The contract of a construction notice, with its share of the works' budget and the firms that bid when they are not builders. */
export const CONTRACT_TYPES: readonly { suffix: string; share: number; trade?: string }[] = [
  { suffix: '施工', share: 1 },
  { suffix: '（EPC）', share: 1 },
  { suffix: '监理', share: 0.025, trade: '监理' },
  { suffix: '勘察设计', share: 0.03, trade: '勘测设计' },
];
