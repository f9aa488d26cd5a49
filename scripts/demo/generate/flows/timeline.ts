import { addDays, addWorkdays, type Day, toWorkday } from '../calendar.ts';
import type { DemoStage, Method, ProjectEvent, Round } from '../model.ts';
import type { Random } from '../random.ts';

/** Collects what happens to one project, in order. */
export class Timeline {
  readonly events: ProjectEvent[] = [];
  readonly #random: Random;
  round: Round;

  constructor(random: Random, round: Round) {
    this.#random = random;
    this.round = round;
  }

  /** Publishes a stage on a day (on the next working day at the weekend) in office hours. Returns that day. */
  publish(stage: DemoStage, day: Day): Day {
    const date = toWorkday(day);
    const minute = 510 + this.#random.integer(0, 539);
    const time = [Math.floor(minute / 60), minute % 60, this.#random.integer(0, 59)];
    const clock = time.map((part) => String(part).padStart(2, '0')).join(':');
    this.events.push({ stage, publishedAt: `${date} ${clock}`, round: this.round });
    return date;
  }

  /** Moves the deadline, as a correction does. */
  postpone(days: number): void {
    const deadline = `${toWorkday(addDays(this.round.deadline.slice(0, 10), days))} ${this.round.deadline.slice(11)}`;
    this.round = { ...this.round, deadline, previousDeadline: this.round.deadline };
  }
}

/** Days from the notice to the deadline: the legal minimum or more, in few cases less. */
function daysToDeadline(random: Random, method: Method, patience: number): number {
  const extra = random.integer(0, patience);
  switch (method) {
    case '公开招标':
    case '邀请招标':
      return random.chance(0.03) ? random.integer(12, 18) : random.integer(20, 26) + extra;
    case '竞争性磋商':
      return random.integer(11, 16) + extra;
    case '框架协议':
      return random.integer(45, 110);
    case '挂牌出让':
    case '拍卖出让':
      return random.integer(30, 42);
    case '网络竞价':
      return random.integer(14, 30) + extra;
    default:
      return random.integer(5, 9) + extra;
  }
}

/** An attempt that starts with its notice on `day`; `patience` is the most days that are granted beyond the usual. */
export function makeRound(random: Random, number: number, day: Day, method: Method, patience: number): Round {
  const start = toWorkday(day);
  const last = toWorkday(addDays(start, daysToDeadline(random, method, patience)));
  return {
    number,
    documentsFrom: addDays(start, 1),
    documentsTo: addWorkdays(start, random.integer(5, 6)),
    deadline: `${last} ${random.pick(['09:00', '09:00', '09:30', '10:00', '14:30', '15:00'])}`,
  };
}
