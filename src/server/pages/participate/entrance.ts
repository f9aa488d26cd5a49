import { InputError } from '#src/domain/errors.ts';
import { type Choice, ENTRANCE } from '#src/domain/participation/sorting.ts';
import { refuseParameters } from '../../parameters.ts';
import type { Asked } from '../asked.ts';

/** The entrance, or the second question of what was chosen. @throws InputError for a choice that there is not */
export function loadEntrance({ url }: Asked): { second: Choice | undefined } {
  const need = url.searchParams.get('need');
  if (need === null) {
    refuseParameters(url.searchParams);
    return { second: undefined };
  }
  const choice = Object.hasOwn(ENTRANCE, need) ? ENTRANCE[need] : undefined;
  if (!choice) throw new InputError([{ name: 'need', message: '没有这个选项' }]);
  return { second: choice };
}
