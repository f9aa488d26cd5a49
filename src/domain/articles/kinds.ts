/** What a kind of article has to say beyond its title, its text and where it comes from. */
export type ArticlePart = 'document' | 'asked' | 'steps' | 'media' | 'page';

/** Where the public finds a kind: sections of the site. */
export type ArticleSection = 'news' | 'guides' | 'policies' | 'openness' | 'replies';

interface ArticleKindDefinition {
  label: string;
  section: ArticleSection;
  /** `ColumnType` of government sites (国办发〔2017〕47号, annex). */
  columnType: string;
  parts: readonly ArticlePart[];
  /** What it is for, on the page where one is begun. */
  help: string;
}

/** Every kind of article there is: the console, the pages, the API and the tests read this table. */
export const ARTICLE_KINDS = {
  news: {
    label: '重要信息',
    section: 'news',
    columnType: '工作动态',
    parts: [],
    help: '中心的重要工作、活动和会议。',
  },
  announcement: {
    label: '通知',
    section: 'news',
    columnType: '工作动态',
    parts: [],
    help: '告知各方主体办理事项、系统维护、节假日安排等。',
  },
  media: {
    label: '在线视频与培训',
    section: 'news',
    columnType: '在线访谈',
    parts: ['media'],
    help: '视频、音频：必须有字幕，文字稿与字幕一致。',
  },
  guide: {
    label: '办事指南',
    section: 'guides',
    columnType: '办事服务',
    parts: ['steps'],
    help: '一类事项从头到尾怎么办：每一步谁负责、多长时间、依据哪一条、廉政风险在哪里。',
  },
  process: {
    label: '交易流程',
    section: 'guides',
    columnType: '办事服务',
    parts: ['steps'],
    help: '一种交易方式的流程，按步骤写。',
  },
  service: {
    label: '政务服务',
    section: 'guides',
    columnType: '办事服务',
    parts: [],
    help: '服务事项、常见问题和办理方式。',
  },
  law: {
    label: '法律法规',
    section: 'policies',
    columnType: '政策文件',
    parts: ['document'],
    help: '法律、行政法规、规章：写明制定机关、文号、施行日期和有效性。',
  },
  document: {
    label: '政策文件',
    section: 'policies',
    columnType: '政策文件',
    parts: ['document'],
    help: '规范性文件和其他政策文件；解读、音视频应与文件同步发布。',
  },
  interpretation: {
    label: '政策解读',
    section: 'policies',
    columnType: '政策解读',
    parts: [],
    help: '解读一份文件：必须关联所解读的文件。',
  },
  openness: {
    label: '政务公开',
    section: 'openness',
    columnType: '信息公开目录',
    parts: [],
    help: '公开制度、机构职责、工作安排。',
  },
  integrity: {
    label: '廉政风险防控点',
    section: 'openness',
    columnType: '信息公开目录',
    parts: ['steps'],
    help: '岗位和环节的风险点、防控措施和责任人。',
  },
  response: {
    label: '舆情回应',
    section: 'replies',
    columnType: '回应关切',
    parts: ['asked'],
    help: '社会关切的问题、提出日期、回应内容和回应日期。',
  },
  hotline: {
    label: '政风行风热线',
    section: 'replies',
    columnType: '回应关切',
    parts: ['asked'],
    help: '热线来电的问题和答复；不写来电人的姓名、电话。',
  },
  proposal: {
    label: '政协提案答复',
    section: 'replies',
    columnType: '回应关切',
    parts: ['asked', 'document'],
    help: '提案的题目、提出日期和答复。',
  },
  obstacle: {
    label: '堵点疏散',
    section: 'replies',
    columnType: '回应关切',
    parts: ['asked'],
    help: '群众反映的办事堵点、采取的措施、解决日期。',
  },
  clarification: {
    label: '更正说明',
    section: 'openness',
    columnType: '回应关切',
    parts: ['page'],
    help: '本站某一页内容有误：说明错在哪里、正确的是什么；发布后显示在那一页上，并列入数据勘误。',
  },
} as const satisfies Record<string, ArticleKindDefinition>;

export type ArticleKind = keyof typeof ARTICLE_KINDS;
export const ARTICLE_KIND_KEYS = Object.keys(ARTICLE_KINDS) as [ArticleKind, ...ArticleKind[]];

/** The row of a kind, with its widened type. */
export const articleKind = (kind: ArticleKind): ArticleKindDefinition => ARTICLE_KINDS[kind];

/** Whether articles of a kind have a part. */
export const hasPart = (kind: ArticleKind, part: ArticlePart): boolean => articleKind(kind).parts.includes(part);

export const ARTICLE_SECTIONS: Readonly<Record<ArticleSection, string>> = {
  news: '重要信息',
  guides: '政务服务与交易流程',
  policies: '法律法规与政策',
  openness: '政务公开',
  replies: '回应与答复',
};
export const ARTICLE_SECTION_KEYS = Object.keys(ARTICLE_SECTIONS) as [ArticleSection, ...ArticleSection[]];

/** The kinds of a section, in their order. */
export const kindsOf = (section: ArticleSection): ArticleKind[] =>
  ARTICLE_KIND_KEYS.filter((kind) => articleKind(kind).section === section);

/** Whether an instrument is in force 有效性; of laws and documents. */
export const VALIDITY = {
  inForce: '现行有效',
  amended: '已修改',
  repealed: '已废止',
  expired: '已失效',
} as const;
export type Validity = keyof typeof VALIDITY;
export const VALIDITY_KEYS = Object.keys(VALIDITY) as [Validity, ...Validity[]];

/** What an article is: the office's own, a general explanation that comes with this software, or made up for the demonstration. */
export const ARTICLE_NATURES = {
  own: { label: '', note: '' },
  general: {
    label: '通用说明',
    note: '本文是随本软件提供的通用说明，依据现行规定编写，供查阅；办理具体事项以法律、法规和主管部门的规定为准。',
  },
  fictional: { label: '虚构', note: '演示用的虚构内容，不是真实的事项。' },
} as const;
export type ArticleNature = keyof typeof ARTICLE_NATURES;
export const ARTICLE_NATURE_KEYS = Object.keys(ARTICLE_NATURES) as [ArticleNature, ...ArticleNature[]];
