import { subject } from './subject.ts';

/** Equipment, consumables and reagents of hospitals. */
export const MEDICAL_SUBJECTS = [
  subject('医用磁共振成像系统采购项目', 'hospital', 800, 2600, '医疗', '1.5T磁共振成像系统 高压注射器 工作站'),
  subject('64排X射线计算机体层摄影设备采购项目', 'hospital', 500, 1900, '医疗', 'CT主机 球管 后处理工作站'),
  subject('彩色多普勒超声诊断仪采购项目', 'hospital', 60, 480, '医疗', '彩超主机 凸阵探头 线阵探头'),
  subject('数字化X射线摄影系统采购项目', 'hospital', 80, 360, '医疗', 'DR主机 平板探测器 胸片架'),
  subject('血液透析设备采购项目', 'hospital', 60, 420, '医疗', '血液透析机 水处理系统 透析椅'),
  subject('呼吸机及监护仪采购项目', 'hospital', 40, 520, '医疗', '有创呼吸机 无创呼吸机 多参数监护仪'),
  subject('医用耗材采购项目', 'hospital', 30, 600, '医疗', '一次性注射器 留置针 敷料 手术缝线'),
  subject('检验试剂采购项目', 'hospital', 40, 700, '生物', '生化试剂 免疫试剂 质控品'),
  subject('核酸检测试剂及耗材采购项目', 'hospital', 30, 480, '生物', '提取试剂 扩增试剂 采样管'),
  subject('全自动生化分析仪采购项目', 'hospital', 60, 320, '医疗', '生化分析仪 纯水机 试剂'),
  subject('腹腔镜手术系统采购项目', 'hospital', 90, 560, '医疗', '4K摄像主机 冷光源 气腹机 手术器械'),
  subject('消毒供应中心设备采购项目', 'hospital', 60, 380, '医疗', '脉动真空灭菌器 清洗消毒机 干燥柜'),
  subject('口腔综合治疗台采购项目', 'hospital', 20, 160, '医疗', '牙科治疗台 光固化机 洁牙机'),
  subject('中药饮片配送服务项目', 'hospital', 40, 420, '医疗', '中药饮片 代煎 配送'),
  subject('医院信息系统升级项目', 'hospital', 80, 760, '信息', '电子病历 医嘱系统 数据中心'),
  subject('救护车采购项目', 'hospital', 40, 260, '商贸', '负压救护车 车载呼吸机 除颤仪'),
] as const;
