import { type FieldFault, PublicError } from '#src/domain/errors.ts';

const TITLES = {
  400: '请求参数有误',
  401: '签名无效',
  409: '请求冲突',
  413: '提交的内容过大',
  415: '内容类型不支持',
  422: '内容与此前不一致',
} as const;

/** A push that is refused as a whole: nothing of it is stored. `message` is Chinese. */
export class PushRefusedError extends PublicError {
  readonly status: keyof typeof TITLES;
  readonly title: string;
  override readonly fields: FieldFault[];

  constructor(status: keyof typeof TITLES, message: string, fields: FieldFault[] = []) {
    super(message);
    this.name = 'PushRefusedError';
    this.status = status;
    this.title = TITLES[status];
    this.fields = fields;
  }
}
