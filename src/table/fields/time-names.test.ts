import { expect, it } from 'vitest';
import { nameByTime } from './time-names.ts';

it('names rows by the days that they are of', () => {
  const days = ['2021-03-01', '2021-03-02', '2021-03-03'];
  expect(nameByTime({ label: 'Day', values: days })?.names).toEqual(days);
});

it('takes no times that come back, and no other figures', () => {
  expect(nameByTime({ label: 'Day', values: ['2021-03-01', '2021-03-01', '2021-03-03'] })).toBeNull();
  expect(nameByTime({ label: 'Height', values: ['1204', '7', '12'] })).toBeNull();
});
