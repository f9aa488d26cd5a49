/** A way to be told. */
export const CHANNELS = {
  email: { label: '电子邮件', address: '邮箱地址' },
  wecom: { label: '企业微信群机器人', address: 'Webhook 地址' },
  dingtalk: { label: '钉钉群机器人（加签）', address: 'Webhook 地址' },
  feishu: { label: '飞书群机器人（签名校验）', address: 'Webhook 地址' },
  webhook: { label: '签名 JSON（Standard Webhooks）', address: 'HTTPS 地址' },
} as const satisfies Record<string, { label: string; address: string }>;

export type Channel = keyof typeof CHANNELS;
export const CHANNEL_KEYS = Object.keys(CHANNELS) as [Channel, ...Channel[]];
export type WebhookChannel = Exclude<Channel, 'email'>;
/** Robots of chat programs: each vendor receives at one address of its own. */
export type RobotChannel = Exclude<WebhookChannel, 'webhook'>;

/** Where each vendor's robots receive. */
export const ROBOT_ADDRESSES: Record<RobotChannel, { host: string; path: string; key?: string }> = {
  wecom: { host: 'qyapi.weixin.qq.com', path: '/cgi-bin/webhook/send', key: 'key' },
  dingtalk: { host: 'oapi.dingtalk.com', path: '/robot/send', key: 'access_token' },
  feishu: { host: 'open.feishu.cn', path: '/open-apis/bot/v2/hook/' },
};

/** Channels whose other side checks a signature: its secret comes from the vendor's settings page. */
export const HAS_SECRET: Record<Channel, boolean> = {
  email: false,
  wecom: false,
  dingtalk: true,
  feishu: true,
  webhook: false,
};

export const isRobot = (channel: Channel): channel is RobotChannel => channel in ROBOT_ADDRESSES;

/** How often a subscriber is told. */
export const FREQUENCIES = {
  instant: { label: '随时（有新内容就发）' },
  daily: { label: '每天一次（汇总）' },
} as const satisfies Record<string, { label: string }>;

export type Frequency = keyof typeof FREQUENCIES;
export const FREQUENCY_KEYS = Object.keys(FREQUENCIES) as [Frequency, ...Frequency[]];
