import { describe, expect, it } from 'vitest';
import { withoutAffixes } from './title-affixes.ts';

describe('withoutAffixes', () => {
  it('takes off what all titles begin with', () => {
    expect(
      withoutAffixes([
        'Municipality of Cronau',
        'Municipality of Ebersee',
        'Municipality of Grünstadt am Moor',
      ]),
    ).toEqual(['Cronau', 'Ebersee', 'Grünstadt am Moor']);
  });

  it('takes off parts that layouts set apart, and endings that name the document', () => {
    const titles = [
      'Fellistat: result synopsis',
      'Rivarastat: result synopsis',
      'Davligliptin: result synopsis',
      'Lumdostat',
      'Applegate University at a Glance',
      null,
    ];
    expect(withoutAffixes(titles)).toEqual([
      'Fellistat',
      'Rivarastat',
      'Davligliptin',
      'Lumdostat',
      'Applegate University',
      null,
    ]);
  });

  it('takes the form of Chinese documents off, with its year', () => {
    expect(
      withoutAffixes([
        '华丰股份有限公司2023年年度报告',
        '长青集团2023年半年度报告摘要',
        '金石矿业：2022年报',
        '城市年报社',
      ]),
    ).toEqual(['华丰股份有限公司', '长青集团', '金石矿业', '城市年报社']);
  });

  it('takes what Chinese documents are off the things they are about', () => {
    expect(
      withoutAffixes(['关于城东水厂泄漏事件的通报', '关于北岭仓库火灾的通报', '关于南桥电站停运的通报']),
    ).toEqual(['城东水厂泄漏事件', '北岭仓库火灾', '南桥电站停运']);
    expect(
      withoutAffixes([
        '河西泵站改造项目中标结果公告',
        '东街照明项目中标结果公告',
        '码头疏浚项目中标结果公告',
      ]),
    ).toEqual(['河西泵站改造项目', '东街照明项目', '码头疏浚项目']);
    expect(
      withoutAffixes([
        '河西泵站改造项目验收结果公告',
        '东街照明项目验收结果公告',
        '码头疏浚项目验收结果公告',
        '北岭水厂扩建工程',
        '南桥电站检修工程',
      ]),
    ).toEqual(['河西泵站改造项目', '东街照明项目', '码头疏浚项目', '北岭水厂扩建工程', '南桥电站检修工程']);
    expect(withoutAffixes(['白石大桥', '青溪大桥', '黄泥大桥'])).toEqual([
      '白石大桥',
      '青溪大桥',
      '黄泥大桥',
    ]);
  });

  it('leaves names whole', () => {
    const names = [
      'University of Oslo',
      'University of Bergen',
      'Molde College',
      'Report',
      'The New York Times',
    ];
    expect(withoutAffixes(names)).toEqual(names);
    expect(withoutAffixes(['New York', 'New Orleans'])).toEqual(['New York', 'New Orleans']);
    expect(withoutAffixes(['Report 1', 'Report 2', 'Report 3'])).toEqual([
      'Report 1',
      'Report 2',
      'Report 3',
    ]);
  });
});
