/** A faulty part of a request, or of the server, with a reason for people. */
export interface FieldFault {
  name: string;
  message: string;
}

/** Errors that a request can end in. `message` is Chinese, for people; `cause` is for the log. `middleware.ts` maps them. */
export abstract class PublicError extends Error {
  abstract readonly status: number;
  abstract readonly title: string;
  /** What exactly is wrong, where several things can be. */
  readonly fields: FieldFault[] = [];
  /** Seconds after which it makes sense to ask again; undefined when it does not. */
  readonly retryAfter: number | undefined;
}

/** 400: the request cannot be understood. `fields` names each faulty parameter with a reason. */
export class InputError extends PublicError {
  readonly status = 400;
  readonly title = '请求参数有误';
  override readonly fields: FieldFault[];

  constructor(fields: FieldFault[]) {
    super(fields.map((field) => `${field.name}：${field.message}`).join('；'));
    this.name = 'InputError';
    this.fields = fields;
  }
}

/** 404: there is no such thing. */
export class NotFoundError extends PublicError {
  readonly status = 404;
  readonly title = '页面不存在';

  constructor(message = '没有找到您要的内容') {
    super(message);
    this.name = 'NotFoundError';
  }
}

/** 410: there was such a thing, and it has been withdrawn. Says nothing about what it held. */
export class GoneError extends PublicError {
  readonly status = 410;
  readonly title: string = '内容已撤回';

  constructor(message = '该内容已由发布单位撤回或依法下线') {
    super(message);
    this.name = 'GoneError';
  }
}

/** 410 of what was removed by law. Says that and nothing else: neither what it was nor the ground, which may name somebody. */
export class RemovedByLawError extends GoneError {
  override readonly title = '内容已依法删除';

  constructor() {
    super('该内容已依法删除，本站不再保存和提供。');
    this.name = 'RemovedByLawError';
  }
}

/** 410 of the exposure board: publication has ended by date, repair or revocation. Names nobody and does not say which it was. */
export class PublicityEndedError extends GoneError {
  override readonly title = '公示已结束';

  constructor() {
    super('这条信息的公示已经依法结束（公示期满、信用修复或决定撤销），本站不再提供其内容。');
    this.name = 'PublicityEndedError';
  }
}

/** 429: the client has had its share of answers; `seconds` until it is full again. */
export class TooManyRequestsError extends PublicError {
  readonly status = 429;
  readonly title = '请求过于频繁';
  override readonly retryAfter: number;

  constructor(seconds: number) {
    super(`请求过于频繁，请在 ${seconds} 秒后再试`);
    this.retryAfter = seconds;
    this.name = 'TooManyRequestsError';
  }
}

/** 507: there is no room to store what was sent. Nothing is wrong with it. */
export class StorageFullError extends PublicError {
  readonly status = 507;
  readonly title = '存储空间不足';
  override readonly retryAfter = 10;

  constructor(options: ErrorOptions = {}) {
    super('存储空间不足，没有保存；请稍后再试', options);
    this.name = 'StorageFullError';
  }
}

/** 503: a part that this answer needs is not ready. `fields` names the parts, where they are checked one by one. */
export class UnavailableError extends PublicError {
  readonly status = 503;
  readonly title = '服务暂不可用';
  override readonly retryAfter: number;
  override readonly fields: FieldFault[];

  constructor(
    message = '服务暂不可用，请稍后再试',
    options: ErrorOptions & { fields?: FieldFault[]; retryAfter?: number } = {},
  ) {
    super(message, options);
    this.retryAfter = options.retryAfter ?? 5;
    this.name = 'UnavailableError';
    this.fields = options.fields ?? [];
  }
}
