import type { broadcasts as en } from '../en/broadcasts';

export const broadcasts: typeof en = {
  text: '所有写过的内容，最新的在前。',
  search: '搜索正文和标题',
  status: '状态',
  anyStatus: '所有状态',
  kind: '类型',
  anyKind: '所有类型',
  reads: '{{recipients}} 人中 {{reads}} 人已读',
  none: '还没有内容',
  noneText: '您撰写、安排和发布的内容都列在这里。',
  noneFound: '没有找到',
  noneFoundText: '请输入更短的词，或选择所有状态和类型。',
};
