import { describe, expect, it } from 'vitest';
import { isIdentifierLabel, isNamingLabel, isOwnNameLabel } from './naming-labels.ts';

describe('labels of names and identifiers', () => {
  it.each(['Name', 'Bridge name', 'type > designation', '站名', '窑炉名称'])('%s names', (label) => {
    expect(isOwnNameLabel(label)).toBe(true);
  });

  it.each(['Renamed', '排名', '别名', 'Names given by', 'Design'])('%s does not', (label) => {
    expect(isOwnNameLabel(label)).toBe(false);
  });

  it.each(['Report no.', '报告编号', '设备代码'])('%s identifies', (label) => {
    expect(isIdentifierLabel(label)).toBe(true);
    expect(isNamingLabel(label)).toBe(true);
  });
});
