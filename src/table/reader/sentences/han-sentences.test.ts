import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Reading } from '../../reading.ts';
import { readSentences } from './read-sentences.ts';

const read = (text: string): Reading[] =>
  readSentences({ text, start: 0, end: text.length, section: [], title: null });

const stated = (text: string): string[] =>
  read(text).map(({ label, value, period }) => {
    const shown =
      value.type === 'number'
        ? `${value.number} ${value.unit ?? ''}`.trim()
        : value.type === 'percentage'
          ? `${value.number}%`
          : value.type === 'date'
            ? value.date
            : value.type === 'text'
              ? value.text
              : value.type === 'boolean'
                ? String(value.boolean)
                : value.type;
    return `${label.join(' > ')} = ${shown}${period === null ? '' : ` @${period}`}`;
  });

describe('readHanSentence', () => {
  it.each([
    [
      '2021年，公司实现营业收入5亿元，同比增长8.5%；净利润为3,200万元，同比下降2%。',
      [
        '营业收入 = 500000000 CNY @2021',
        '营业收入 > 同比增长 = 8.5% @2021',
        '净利润 = 32000000 CNY @2021',
        '净利润 > 同比增长 = -2% @2021',
      ],
    ],
    ['截至2020年末，公司共有员工\n1,200人，拥有专利35项。', ['员工 = 1200 人 @2020', '专利 = 35 项 @2020']],
    ['公司成立于2003年5月18日，总部位于成都。', ['成立 = 2003-05-18', '总部 = 成都']],
    ['2021年上半年，公司完成货运量3,680万吨。', ['货运量 = 36800000 t @2021-H1']],
    ['公司所属行业为采矿业，报告期末总资产为12亿元。', ['所属行业 = 采矿业', '总资产 = 1200000000 CNY']],
    [
      '2022年3月8日，城南化工厂发生一起泄漏事故。事故造成2人死亡、5人受伤，造成直接经济损失86万元。',
      ['发生日期 = 2022-03-08', '死亡人数 = 2 人', '受伤人数 = 5 人', '直接经济损失 = 860000 CNY'],
    ],
    ['事故未造成人员伤亡。', ['死亡人数 = 0 人', '受伤人数 = 0 人']],
    ['目前该厂尚未恢复生产。', ['恢复生产 = false']],
    ['市环保局对该厂处以罚款20万元，并责令停产30天。', ['罚款 = 200000 CNY', '停产 = 30 days']],
    [
      '报告期内归属于上市公司股东的净利润-2.5亿元，共有23家控股子公司。',
      ['归属于上市公司股东的净利润 = -250000000 CNY', '控股子公司 = 23 家'],
    ],
    ['该桥位于江北区，1998年建成，现有车道6条。', ['所在地 = 江北区', '建成 = 1998', '车道 = 6 条']],
    ['公司未来的发展方向是国际市场。', []],
    ['预计2025年公司实现营业收入9亿元。', []],
    ['其子公司实现收入5亿元。', []],
    ['如果销量达到500辆，公司将扩建。', []],
  ])('%s', (text, expected) => {
    expect(stated(text)).toEqual(expected);
  });

  it('cites what it reads, on any text', () => {
    const pieces = fc.constantFrom(
      '公司',
      '2020年',
      '，',
      '。',
      '营业收入',
      '63.4亿元',
      '增长',
      '12%',
      '\n',
      '位于',
      '总部',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
        const text = parts.join('');
        for (const { start, end, valueStart, valueEnd } of read(text)) {
          expect(start).toBeLessThanOrEqual(valueStart);
          expect(valueEnd).toBeLessThanOrEqual(end);
          expect(valueStart).toBeLessThan(valueEnd);
          expect(end).toBeLessThanOrEqual(text.length);
        }
      }),
    );
  });
});
