import { COUNTIES } from '../counties/counties.ts';

/** Who discloses, and reports once a year: the body whose site this is. */
export const DISCLOSING_BODY = `${COUNTIES.jining.label}公共资源交易服务中心`;
