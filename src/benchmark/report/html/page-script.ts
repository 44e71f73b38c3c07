import type { PageData, PagePlace, PageQuestion, PageResult } from './report-data.ts';

/** As much of the browser as the script uses. */
interface PageElement {
  value: string;
  checked: boolean;
  open: boolean;
  hidden: boolean;
  tagName: string;
  className: string;
  textContent: string | null;
  readonly dataset: Record<string, string>;
  append(...children: (PageElement | string)[]): void;
  replaceChildren(...children: (PageElement | string)[]): void;
  setAttribute(name: string, value: string): void;
  addEventListener(type: string, listener: (event: PageEvent) => void): void;
  querySelectorAll(selector: string): Iterable<PageElement>;
  scrollIntoView(): void;
  focus(): void;
}

interface PageEvent {
  readonly key?: string;
  readonly target: PageElement | null;
  preventDefault(): void;
}

export interface Browser {
  readonly document: {
    readonly documentElement: PageElement;
    createElement(tag: string): PageElement;
    getElementById(id: string): PageElement | null;
    addEventListener(type: string, listener: (event: PageEvent) => void): void;
  };
  matchMedia(query: string): { readonly matches: boolean };
}

/**
 * What the page does in the browser: search, filters, questions that open, two runs side by side. The page holds this
 * function as text, so it uses nothing from outside itself. All that comes from files is put in as text, never as HTML.
 */
export function pageScript({ document, matchMedia }: Browser, data: PageData): void {
  const signs: Record<string, string> = { right: '✓', wrong: '✗', refused: '–', ungraded: '?', missing: '·' };
  const atOnce = 50;
  let shown = atOnce;

  function byId(id: string): PageElement {
    const found = document.getElementById(id);
    if (found === null) throw new Error(`The page has no ${id}.`);
    return found;
  }

  function make(tag: string, className: string, ...children: (PageElement | string)[]): PageElement {
    const element = document.createElement(tag);
    if (className !== '') element.className = className;
    element.append(...children);
    return element;
  }

  function fold(summary: string, ...children: PageElement[]): PageElement {
    return make('details', '', make('summary', '', summary), ...children);
  }

  function places(list: readonly PagePlace[]): PageElement {
    const items = list.map(({ document: name, field, quote }) => {
      const parts: (PageElement | string)[] = [make('bdi', '', name)];
      if (field !== '') parts.push(' · ', make('bdi', '', field));
      if (quote !== '') parts.push(' ', make('q', '', quote));
      return make('li', '', ...parts);
    });
    return make('ul', 'quotes', ...items);
  }

  function answerOf(label: string, result: PageResult): PageElement {
    const header = make('header', '', make('b', '', label), `${signs[result.outcome]} ${result.outcome}`);
    if (result.selfGraded) header.append(make('span', 'badge warning', 'self-graded'));
    if (result.effort.length > 0) header.append(make('span', '', result.effort.join(' · ')));
    const response = make('pre', '', result.response === '' ? '(no response)' : result.response);
    response.setAttribute('dir', 'auto');
    const card = make('div', `answer ${result.outcome}`, header, response);
    if (result.reason !== '') card.append(make('div', 'note', `Graded: ${result.reason}`));
    for (const warning of result.warnings) card.append(make('div', 'note', warning));
    if (result.cited.length > 0) card.append(fold(`Cited (${result.cited.length})`, places(result.cited)));
    if (result.trace.length > 0) {
      const steps = result.trace.map(({ step, detail }) => {
        const lines = detail.map(([name, value]) => `${name}: ${value}`).join('\n');
        return make('div', 'step', make('b', '', step), make('pre', '', lines));
      });
      card.append(fold(`Trace (${result.trace.length} steps)`, ...steps));
    }
    return card;
  }

  function bodyOf({ id, answer, evidence, results }: PageQuestion): PageElement {
    const facts = make('dl', 'facts', make('dt', '', 'Right answer'), make('dd', '', answer));
    facts.append(make('dt', '', 'Id'), make('dd', '', id));
    if (evidence.length > 0) {
      facts.append(make('dt', '', 'Evidence'), make('dd', '', places(evidence)));
    }
    const answers = results.flatMap((result, run) =>
      result === null ? [] : [answerOf(data.runs[run] ?? '', result)],
    );
    return make('div', 'body', facts, make('div', 'answers', ...answers));
  }

  function rowOf(question: PageQuestion): PageElement {
    const chips = question.results.map((result, run) => {
      const outcome = result === null ? 'missing' : result.outcome;
      const chip = make('span', `chip ${outcome}`, data.runs[run] ?? '');
      chip.setAttribute('data-sign', signs[outcome] ?? '');
      chip.setAttribute('title', outcome);
      return chip;
    });
    const tags = data.filters.flatMap(({ name }) => {
      const value = question.tags[name] ?? '';
      return value === '' ? [] : [make('span', 'badge', value)];
    });
    const text = make('div', 'text', question.question, make('div', 'tags', ...tags));
    text.setAttribute('dir', 'auto');
    const row = make('details', 'question', make('summary', '', text, make('div', 'chips', ...chips)));
    let isFilled = false;
    row.addEventListener('toggle', () => {
      if (!isFilled && row.open) row.append(bodyOf(question));
      isFilled = true;
    });
    return row;
  }

  function isWanted(question: PageQuestion): boolean {
    for (const { name } of data.filters) {
      const wanted = byId(`filter-${name}`).value;
      if (wanted !== '' && question.tags[name] !== wanted) return false;
    }
    const outcome = byId('outcome').value;
    const run = byId('outcome-run').value;
    if (outcome !== '') {
      const results = run === '' ? question.results : [question.results[Number(run)] ?? null];
      if (!results.some((result) => (result === null ? 'missing' : result.outcome) === outcome)) return false;
    }
    if (byId('differing').checked) {
      const [first, second] = chosenRuns().map((index) => question.results[index] ?? null);
      if (first === null || second === null || first === undefined || second === undefined) return false;
      if ((first.outcome === 'right') === (second.outcome === 'right')) return false;
    }
    const words = byId('search').value.toLowerCase().split(/\s+/);
    const responses = question.results.map((result) => (result === null ? '' : result.response));
    const texts = [question.id, question.question, question.answer, ...responses].join('\n').toLowerCase();
    return words.every((word) => texts.includes(word));
  }

  function showQuestions(): void {
    const wanted = data.questions.filter(isWanted);
    byId('list').replaceChildren(...wanted.slice(0, shown).map(rowOf));
    byId('found').textContent =
      wanted.length === 0 ? 'No question is so.' : `${wanted.length} of ${data.questions.length} questions`;
    const more = byId('more');
    more.hidden = wanted.length <= shown;
    more.textContent = `Show ${Math.min(atOnce, wanted.length - shown)} more`;
  }

  function filterAnew(): void {
    shown = atOnce;
    showQuestions();
  }

  function chosenRuns(): [number, number] {
    return [Number(byId('first-run').value), Number(byId('second-run').value)];
  }

  function percent(share: number): string {
    return `${share > 0 ? '+' : share < 0 ? '−' : ''}${Math.abs(share * 100).toFixed(1)}`;
  }

  function showComparison(): void {
    const [one, other] = chosenRuns().map((run) => data.runs[run] ?? '');
    const output = byId('comparison');
    const found = data.comparisons.find(
      ({ first, second }) => (first === one && second === other) || (first === other && second === one),
    );
    if (found === undefined) {
      output.replaceChildren(one === other ? 'Choose two runs.' : 'These runs have no question in common.');
      return;
    }
    const isSwapped = found.first !== one;
    const onlyOne = isSwapped ? found.onlySecond : found.onlyFirst;
    const onlyOther = isSwapped ? found.onlyFirst : found.onlySecond;
    const difference = isSwapped ? -found.difference : found.difference;
    const [low, high] = isSwapped ? [-found.interval[1], -found.interval[0]] : found.interval;
    const probability = found.mcNemarP < 0.001 ? 'below 0.001' : found.mcNemarP.toFixed(3);
    const told =
      found.mcNemarP < 0.05 ? 'More than chance explains.' : 'Chance alone explains such a difference.';
    const row = (name: string, ...cells: (number | string)[]): PageElement =>
      make('tr', '', make('th', '', name), ...cells.map((cell) => make('td', 'number', String(cell))));
    const square = make(
      'table',
      '',
      make(
        'thead',
        '',
        make('tr', '', make('th', '', ''), make('th', '', `${other} right`), make('th', '', 'not right')),
      ),
      make(
        'tbody',
        '',
        row(`${one} right`, found.bothRight, onlyOne),
        row('not right', onlyOther, found.neitherRight),
      ),
    );
    const words = make(
      'div',
      '',
      make(
        'p',
        'verdict',
        `${other} is ${percent(difference)} points from ${one} on ${found.count} questions.`,
      ),
      make(
        'p',
        'note',
        `95 % of resampled differences lie from ${percent(low)} to ${percent(high)}; McNemar's exact p is ${probability}. ${told}`,
      ),
    );
    output.replaceChildren(make('div', 'square', square, words));
  }

  byId('more').addEventListener('click', () => {
    shown += atOnce;
    showQuestions();
  });
  for (const control of byId('controls').querySelectorAll('input, select')) {
    control.addEventListener('input', filterAnew);
  }
  for (const id of ['first-run', 'second-run']) {
    byId(id).addEventListener('input', () => {
      showComparison();
      if (byId('differing').checked) filterAnew();
    });
  }
  byId('show-differing').addEventListener('click', () => {
    byId('differing').checked = true;
    filterAnew();
    byId('questions').scrollIntoView();
  });
  byId('theme').addEventListener('click', () => {
    const { dataset } = document.documentElement;
    const isDark =
      dataset['theme'] === undefined
        ? matchMedia('(prefers-color-scheme: dark)').matches
        : dataset['theme'] === 'dark';
    dataset['theme'] = isDark ? 'light' : 'dark';
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || /^(?:INPUT|SELECT|TEXTAREA)$/.test(event.target?.tagName ?? '')) return;
    event.preventDefault();
    byId('search').focus();
  });
  if (data.runs.length > 1) showComparison();
  showQuestions();
}
