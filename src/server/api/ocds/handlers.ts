import { getConfig } from '../../config.ts';
import { webDb } from '../../db.ts';
import { parseListQuery } from '../../notices/parse-filter.ts';
import { getRecordPackage } from '../../ocds/record.ts';
import { refuseParameters } from '../../parameters.ts';
import { currentReader } from '../../reads/current.ts';
import { read } from '../../reads/reader.ts';
import { answer } from '../answer.ts';
import type { Handler } from '../endpoint.ts';
import { recordPackageSchema, releasePackageSchema } from './schema.ts';

/** Procurement notices as OCDS releases. */
export const listReleases: Handler = async ({ parameters }) =>
  answer(releasePackageSchema, await read(currentReader(), 'listReleases', parseListQuery(parameters)));

/** One contracting process as an OCDS record. */
export const getRecord: Handler<'ocid'> = ({ parts: { ocid }, parameters }) => {
  refuseParameters(parameters);
  return answer(recordPackageSchema, getRecordPackage(webDb(), getConfig(), ocid));
};
