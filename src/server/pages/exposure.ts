import type { ExposureView } from '#src/domain/exposures/views.ts';
import { webDb } from '../db.ts';
import { getExposure } from '../exposures/get.ts';
import type { Asked } from './asked.ts';

/** An entry of the exposure board or the blacklist. @throws NotFoundError; GoneError once it is not public any more */
export function loadExposure({ params }: Asked): ExposureView {
  return getExposure(webDb(), params.id ?? '');
}
