import { z } from 'zod';
import { MAPPING_KINDS, MAPPING_LABELS } from '#src/domain/mappings/mapping.ts';
import { ROLE_KEYS } from '#src/domain/staff/roles.ts';
import { STAGE_SLUGS } from '#src/domain/stages.ts';
import { API_SCHEMAS, categorySchema, countySchema, instantSchema, stageSchema } from '../terms.ts';

const targetSchema = z
  .union([
    z.object({
      category: categorySchema,
      stage: z.enum([...STAGE_SLUGS, 'mixed']).describe('环节；mixed 表示按标题认定'),
    }),
    z.object({ stage: stageSchema }),
    z.object({ county: countySchema }),
    z.object({ nothing: z.literal(true).describe('对照已撤销') }),
  ])
  .describe('在本市标准里的含义');

const rowSchema = z
  .object({
    kind: z.enum(MAPPING_KINDS).describe(
      Object.entries(MAPPING_LABELS)
        .map(([key, label]) => `${key} ${label}`)
        .join('，'),
    ),
    value: z.string().describe('来源的值'),
    label: z.string().nullable().describe('来源自己的名称'),
    target: targetSchema,
    version: z.int().min(0).describe('第几版；0 为来源配置'),
    role: z.enum(ROLE_KEYS).nullable().describe('作出决定的岗位；来源配置为 null'),
    basis: z.string().nullable().describe('依据'),
    at: instantSchema.nullable().describe('决定的时间'),
  })
  .describe('一个值的对照')
  .register(API_SCHEMAS, { id: 'Mapping' });

export const mappingListSchema = z
  .object({
    items: z
      .array(
        z.object({
          sourceKey: z.string().describe('来源标识'),
          sourceName: z.string().describe('来源名称'),
          county: countySchema,
          current: z.array(rowSchema).describe('现行的对照'),
          earlier: z.array(rowSchema).describe('以前的各版，新的在前'),
        }),
      )
      .describe('每个来源的对照表'),
  })
  .describe('各来源的代码对照表')
  .register(API_SCHEMAS, { id: 'MappingList' });
