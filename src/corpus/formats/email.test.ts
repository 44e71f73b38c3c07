import { describe, expect, it } from 'vitest';
import { parseContent } from '../testing/parse-content.ts';
import { TemporaryFolder } from '../testing/temporary-folder.ts';
import { setOffQuotes } from './email-quotes.ts';

const folder = new TemporaryFolder();

const multipart = [
  'From: "Müller, J." <j@example.org>',
  'To: a@example.org, =?utf-8?B?w4TDtsO8?= <b@example.org>',
  'Subject: =?iso-8859-1?Q?Caf=E9?=',
  ' costs',
  'Date: Tue, 1 Jul 2003 23:30:00 -0500',
  'Message-ID: <1@example.org>',
  'MIME-Version: 1.0',
  'Content-Type: multipart/mixed; boundary=b',
  '',
  '--b',
  'Content-Type: text/plain; charset=utf-8',
  'Content-Transfer-Encoding: quoted-printable',
  '',
  'The cost is =E2=82=AC 5.',
  '',
  'On Monday B wrote:',
  '> What does it cost?',
  '--b',
  'Content-Type: application/pdf; name=x.pdf',
  'Content-Disposition: attachment; filename="x.pdf"',
  '',
  'AAAA',
  '--b--',
].join('\r\n');

describe('parseEmail', () => {
  it('writes headers as labels, then the text; names attachments', async () => {
    const { documents } = await parseContent(folder, 'a.eml', multipart);
    expect(documents).toHaveLength(1);
    expect(documents[0]).toMatchObject({ id: 'a.eml', title: 'Café costs', format: 'email' });
    expect(documents[0]?.text).toBe(
      [
        'From: Müller, J. <j@example.org>',
        'To: a@example.org, Äöü <b@example.org>',
        'Date: 2003-07-01 23:30:00 -0500',
        'Subject: Café costs',
        'Attachments: x.pdf',
        '',
        'The cost is € 5.',
        '',
        'On Monday B wrote:',
        '',
        '> What does it cost?',
        '',
      ].join('\n'),
    );
  });

  it('maps headers and lines to lines of the file', async () => {
    const { documents } = await parseContent(folder, 'a.eml', multipart);
    const { text = '', sourceMap } = documents[0] ?? {};
    const lineOf = (quote: string): number | undefined =>
      sourceMap?.segments.findLast(({ start }) => start <= text.indexOf(quote))?.location.line;
    expect(['Date:', 'Subject:', 'On Monday', '> What'].map(lineOf)).toEqual([5, 3, 16, 17]);
  });

  it('reads a message of HTML only', async () => {
    const message =
      'From: a@example.org\nSubject: s\nMIME-Version: 1.0\nContent-Type: text/html\n\n<h1>Costs</h1><p>Total: <b>5</b></p>';
    const { documents } = await parseContent(folder, 'a.eml', message);
    expect(documents[0]?.text).toMatch(/^From: a@example\.org\nSubject: s\n\n# Costs\n\nTotal: (?:\*\*)?5/);
  });
});

describe('parseMbox', () => {
  const postmark = 'From a@example.org Mon Jan  1 10:00:00 2001';

  it('makes a document of each message', async () => {
    const box = [
      postmark,
      'From: A <a@example.org>',
      'Subject: One',
      '',
      'From what I see, it is 5.',
      '>From here on quoted',
      '',
      'From now on text',
      '',
      postmark,
      'From: B <b@example.org>',
      'Subject: Two',
      '',
      'Second',
    ].join('\n');
    const { documents } = await parseContent(folder, 'box', box);
    expect(documents.map(({ id, title, text }) => [id, title, text])).toEqual([
      [
        'box#message=1',
        'One',
        'From: A <a@example.org>\nSubject: One\n\nFrom what I see, it is 5.\nFrom here on quoted\n\nFrom now on text\n',
      ],
      ['box#message=2', 'Two', 'From: B <b@example.org>\nSubject: Two\n\nSecond\n'],
    ]);
    expect(documents[1]?.sourceMap.segments.map(({ location }) => location.line)).toEqual([11, 12, 14]);
  });

  it('finds every message wherever the pieces of the file end', async () => {
    const messages = Array.from(
      { length: 300 },
      (_, index) =>
        `${postmark}\nFrom: a@example.org\nSubject: S${index}\n\n${'text '.repeat(index * 5)}\n\n`,
    );
    const { documents } = await parseContent(folder, 'box', messages.join(''));
    expect(documents.map(({ title }) => title)).toEqual(messages.map((_, index) => `S${index}`));
  });
});

describe('setOffQuotes', () => {
  const setOff = (text: string): string =>
    setOffQuotes(text.split('\n'))
      .map((line) => line.text)
      .join('\n');

  it('sets marked lines off by empty lines', () => {
    expect(setOff('Yes.\n> Is it?\nNo.')).toBe('Yes.\n\n> Is it?\n\nNo.');
    expect(setOff('Yes.\n\n> Is it?\n>> Well\n\nNo.')).toBe('Yes.\n\n> Is it?\n>> Well\n\nNo.');
  });

  it('marks an appended message', () => {
    expect(setOff('Yes.\n\n-----Original Message-----\nFrom: B\nSent: Monday\n\nIs it?')).toBe(
      'Yes.\n\n> -----Original Message-----\n> From: B\n> Sent: Monday\n>\n> Is it?',
    );
    expect(setOff('Yes.\n________________________________\nVon: B\nGesendet: Montag\nIs it?')).toBe(
      'Yes.\n\n> ________________________________\n> Von: B\n> Gesendet: Montag\n> Is it?',
    );
  });

  it('leaves a ruled title alone', () => {
    const text = '----- Agenda -----\nOne\nTwo: yes';
    expect(setOff(text)).toBe(text);
  });
});
