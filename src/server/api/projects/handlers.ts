import { webDb } from '../../db.ts';
import { refuseParameters } from '../../parameters.ts';
import { getProject as readProject } from '../../projects/get.ts';
import { answer } from '../answer.ts';
import type { Handler } from '../endpoint.ts';
import { projectSchema } from './schema.ts';

/** One project with its notices and timeline. */
export const getProject: Handler<'id'> = ({ parts: { id }, parameters }) => {
  refuseParameters(parameters);
  return answer(projectSchema, readProject(webDb(), id));
};
