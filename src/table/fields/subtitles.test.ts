import { describe, expect, it } from 'vitest';
import { withSubtitles } from './subtitles.ts';

const titled = (title: string, lines: readonly string[]) =>
  lines.map((line) => ({ title, opening: `# ${title}\n\n${line}\n\nThe commission has decided.` }));

describe('withSubtitles', () => {
  it('takes the line below the title of a form for the title', () => {
    const piers = ['Elm Street Pier', 'Old Harbour Pier', 'Nordholm Jetty'];
    expect(withSubtitles(titled('Notice of inspection', piers))).toEqual(piers);
    const reservoirs = ['青石水库加固工程', '柳河灌区改造项目', '白云泵站扩建工程'];
    expect(
      withSubtitles([...titled('验收情况通报', reservoirs), ...titled('东山堤防工程', ['第一标段'])]),
    ).toEqual([...reservoirs, '东山堤防工程']);
  });

  it('leaves titles where the lines are shared, sentences, labelled or dates', () => {
    for (const lines of [
      ['North office', 'North office', 'South office'],
      ['Read this first.', 'We met twice, in May, with your staff', 'It has rained for days'],
      ['Site: Elm', 'Site: Oak', 'Site: Ash'],
      ['2021-03-04', '2021-03-05', '2021-03-06'],
    ])
      expect(withSubtitles(titled('Notice of inspection', lines))).toEqual(
        lines.map(() => 'Notice of inspection'),
      );
  });
});
