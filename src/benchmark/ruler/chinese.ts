import type { Random } from '../random.ts';
import { pick, type RulerLanguage } from './ruler-language.ts';

type Words = readonly [string, ...string[]];

const subjects: Words = [
  '园丁',
  '邻居',
  '老书记员',
  '向导',
  '面包师',
  '年轻的水手',
  '老师',
  '守夜人',
  '行商',
  '图书管理员',
  '磨坊主',
  '路人',
];
const verbs: Words = [
  '走过了',
  '看着',
  '想起了',
  '写信谈到了',
  '说起了',
  '画下了',
  '记起了',
  '路过了',
  '梦见了',
  '指着',
];
const objects: Words = [
  '那条河',
  '一座空房子',
  '集市广场',
  '那座桥',
  '一片麦田',
  '港口',
  '天气',
  '一排白杨',
  '铁路',
  '磨坊的水塘',
  '远处的山丘',
  '钟楼',
];
const circumstances: Words = [
  '清晨的时候',
  '下雨之前',
  '一句话也没说',
  '像平常一样',
  '店铺关门的时候',
  '漫长的冬天过后',
  '钟声响起时',
  '带着几分犹豫',
  '在回家的路上',
  '在灰色的天空下',
];
const adjectives: Words = [
  '琥珀',
  '勇敢',
  '平静',
  '遥远',
  '热切',
  '褪色',
  '温柔',
  '空心',
  '象牙',
  '快活',
  '敏锐',
  '狭窄',
  '安静',
  '生锈',
  '鲜艳',
  '疲倦',
];
const nouns: Words = [
  '船锚',
  '篮子',
  '蜡烛',
  '巨龙',
  '引擎',
  '猎鹰',
  '花园',
  '锤子',
  '岛屿',
  '水壶',
  '灯笼',
  '镜子',
  '果园',
  '枕头',
  '丝带',
  '马鞍',
];
const characters = [
  ...'山水风云雨雪花草木石金玉星月海江湖田林松竹梅兰春夏秋冬东南西北青白红黄天地光明清和平安新远长高深古今文武书画琴棋歌舞行思言心意志力气神龙凤虎鹤马鱼鸟桥路门窗灯火茶酒米麦',
];
const surnames: Words = ['赵', '钱', '孙', '李', '周', '吴', '郑', '王', '冯', '陈', '褚', '卫'];
const trades: Words = [
  '钟表匠',
  '测量员',
  '玻璃工',
  '植物学家',
  '印刷工',
  '制图师',
  '马具匠',
  '琴师',
  '酿酒师',
  '雕刻师',
];

const drawn = (random: Random, count: number): string =>
  Array.from({ length: count }, () => characters[Math.floor(random() * characters.length)] ?? '').join('');

export const chinese: RulerLanguage = {
  code: 'zh',
  space: '',
  listSpace: ' ',
  noise: (random) =>
    `${pick(random, circumstances)}，${pick(random, subjects)}${pick(random, verbs)}${pick(random, objects)}。`,
  key: (random) => `${pick(random, adjectives)}${pick(random, nouns)}${drawn(random, 1)}`,
  needle: ({ key, value }) => `“${key}”的秘密数字是${value}。`,
  assignment: (variable, value) => `VAR ${variable} = ${value}。`,
  word: (random) => drawn(random, 3),
  person: (random) => ({
    name: `${pick(random, surnames)}${drawn(random, random() < 0.5 ? 2 : 3)}`,
    town: `${drawn(random, 2)}镇`,
    trade: pick(random, trades),
    year: 1700 + Math.floor(random() * 200),
  }),
  portrait: ({ name, town, trade, year }) =>
    `${name}于${year}年出生在${town}。这家人世代住在那里。后来${name}做了${trade}，远近闻名。`,
  queries: {
    needles: (keys) =>
      `文中藏着一些秘密数字。${keys.map((key) => `“${key}”`).join('、')}的秘密数字有哪些？请全部写出。`,
    variables: (value) =>
      `文中给一些变量赋了值。哪些变量的值是${value}（直接赋值或通过其他变量）？请全部写出。`,
    commonWords: (count) => `上面的列表里出现次数最多的${count}个词是哪些？请全部写出。`,
    frequentWords: (count) => `文中全是代码词。出现次数最多的${count}个是哪些？请全部写出。`,
    person: ({ name }, asked) =>
      ({ town: `${name}出生在哪个镇？`, trade: `${name}的职业是什么？`, year: `${name}出生于哪一年？` })[
        asked
      ],
  },
};
