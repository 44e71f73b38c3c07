import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { assert, property, string } from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TemporaryFolder } from '../../../corpus/testing/temporary-folder.ts';
import { compareAll } from '../compare-runs.ts';
import { loadResults } from '../load-results.ts';
import { summarise } from '../summarise.ts';
import { findChromium, openPage, type BrowserPage } from '../testing/chromium.ts';
import { madeFile, madeLine } from '../testing/made-results.ts';
import { escapeHtml, escapeJson } from './escape-html.ts';
import { htmlReport } from './html-report.ts';

const hostile = `</script><img src=x onerror="window.hacked=1"><script>window.hacked=1</script>'"\`&\u2028<!--`;

async function makeReport(): Promise<string> {
  const lines = ['128K', '1M', '4M'].flatMap((set, length) =>
    Array.from({ length: 30 }, (_, index) => {
      const line = {
        id: `q${index}`,
        set,
        domain: index % 2 === 0 ? 'reports' : hostile,
        difficulty: ['easy', 'medium', 'hard'][index % 3],
        language: index % 5 === 0 ? 'zh' : 'en',
        question: index === 0 ? `收入最高的是哪家？${hostile}` : `Which company is number ${index}?`,
      };
      return [
        madeLine({
          ...line,
          strategy: 'table',
          model: 'none',
          cited: [{ document: hostile, quote: hostile }],
        }),
        madeLine({
          ...line,
          strategy: 'memory',
          response: index % (length + 2) === 0 ? 'The answer is: 5' : `${hostile}\nThe answer is: 6`,
          trace: [{ step: 'memory-update', detail: { memory: hostile, chunk: 1 } }],
          warnings: [hostile],
        }),
        madeLine({ ...line, strategy: hostile, self_graded: true }),
      ];
    }).flat(),
  );
  const data = summarise(await loadResults([madeFile(lines)]));
  return htmlReport({ data, comparisons: compareAll(data.runs), title: `Report ${hostile}` });
}

describe('escaping', () => {
  it('leaves no text that HTML would take for anything else', () => {
    assert(
      property(string({ unit: 'binary' }), (text) => {
        expect(escapeHtml(text)).not.toMatch(/[<>"']/);
        const json = escapeJson({ text });
        expect(json).not.toMatch(/[<>&\u2028\u2029]/);
        expect(JSON.parse(json)).toEqual({ text });
      }),
    );
  });
});

describe('htmlReport', () => {
  it('holds nothing hostile, loads nothing, and lets only its own script run', async () => {
    const html = await makeReport();
    expect(html).not.toContain('<img');
    expect(html.match(/<script/g)).toHaveLength(2);
    expect(html).not.toMatch(/(?:src|href)="(?!#)/);
    expect(html).toMatch(/default-src 'none'.*script-src 'sha256-[\w+/=]+'/);
    expect(html).toContain('128K');
  });
});

/** A run of one strategy that uses what its truth stems from. */
async function makeSelfGradedReport(): Promise<string> {
  const lines = [1, 2, 3, 4].map((id) =>
    madeLine({ id: `q${id}`, strategy: 'table', self_graded: true, difficulty: id > 2 ? 'hard' : 'easy' }),
  );
  const data = summarise(await loadResults([madeFile(lines)]));
  return htmlReport({ data, comparisons: [] });
}

describe('a report of self-graded rows alone', () => {
  it('says what would make others, and breaks them down', async () => {
    const html = await makeSelfGradedReport();
    expect(html).toContain('bench run FOLDER --strategy full,retrieval,memory --model ID');
    expect(html).toContain('<summary>Parts of the questions</summary>');
    expect(html).toContain('<h3>Difficulty</h3>');
  });
});

const program = findChromium();

describe.skipIf(program === null)('the page in a browser', () => {
  let page: BrowserPage;

  beforeAll(async () => {
    const file = join(new TemporaryFolder().path, 'report.html');
    writeFileSync(file, await makeReport());
    page = await openPage({ program: program ?? '', file });
  });

  afterAll(() => page.close());

  const text = (selector: string): Promise<unknown> =>
    page.evaluate(`document.querySelector(${JSON.stringify(selector)}).textContent`);
  const count = (selector: string): Promise<unknown> =>
    page.evaluate(`document.querySelectorAll(${JSON.stringify(selector)}).length`);
  const set = (id: string, value: string): Promise<unknown> =>
    page.evaluate(
      `{ const control = document.getElementById('${id}'); control.value = ${JSON.stringify(value)}; control.dispatchEvent(new Event('input')); }`,
    );

  it('draws charts and lists questions, a part at a time', async () => {
    expect(await count('#length svg path.line')).toBe(2);
    expect(await count('.question')).toBe(50);
    expect(await text('#found')).toBe('90 of 90 questions');
    await page.evaluate(`document.getElementById('more').click()`);
    expect(await count('.question')).toBe(90);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
  });

  it('shows no controls for several runs where there is one', async () => {
    const file = join(new TemporaryFolder().path, 'self-graded.html');
    writeFileSync(file, await makeSelfGradedReport());
    const single = await openPage({ program: program ?? '', file });
    try {
      const isShown = `document.getElementById('differing').checkVisibility()`;
      expect(await single.evaluate(isShown)).toBe(false);
      expect(await page.evaluate(isShown)).toBe(true);
    } finally {
      await single.close();
    }
  });

  it('searches and filters', async () => {
    await set('search', 'number 11');
    expect(await text('#found')).toBe('3 of 90 questions');
    await set('filter-set', '1M');
    expect(await text('#found')).toBe('1 of 90 questions');
    await set('search', '');
    await set('outcome', 'wrong');
    expect(await text('#found')).toBe('20 of 90 questions');
    await set('outcome-run', '0');
    expect(await text('#found')).toBe('No question is so.');
    for (const id of ['outcome', 'outcome-run', 'filter-set']) await set(id, '');
  });

  it('opens a question by keyboard, with responses, evidence and trace as text', async () => {
    await page.evaluate(`document.querySelector('.question > summary').focus()`);
    await page.press('Enter');
    await page.until(`document.querySelectorAll('.question[open] .answer').length === 3`);
    expect(await text('.question[open] .step pre')).toContain(hostile);
    expect(await text('.question[open] .quotes q')).toBe(hostile);
    await page.press('/');
    await page.until(`document.activeElement.id === 'search'`);
  });

  it('puts two runs side by side, and shows where they differ', async () => {
    expect(await text('#comparison')).toMatch(/memory is −\d+\.\d points from table on 90 questions/);
    await page.evaluate(`document.getElementById('show-differing').click()`);
    expect(await text('#found')).toMatch(/^(?:5[0-9]) of 90/);
    await set('second-run', '0');
    expect(await text('#comparison')).toBe('Choose two runs.');
  });

  it('switches between light and dark, runs nothing of what is written in it, and asks for nothing', async () => {
    const colour = (): Promise<unknown> => page.evaluate('getComputedStyle(document.body).backgroundColor');
    const before = await colour();
    await page.evaluate(`document.getElementById('theme').click()`);
    expect(await colour()).not.toBe(before);
    expect(await page.evaluate('window.hacked === undefined')).toBe(true);
    expect(page.troubles).toEqual([]);
  });
});
