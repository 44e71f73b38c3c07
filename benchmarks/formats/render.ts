import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { madeTable } from './made-table.ts';
import { markdownToHtml } from './markdown-html.ts';
import { markdownToWorkbook } from './workbook.ts';

const help = `Renders Markdown documents and one made table to HTML, DOCX, XLSX and PDF.

  node benchmarks/formats/render.ts [--from FOLDER] [--count 50] [--out FOLDER]

--from   a folder of Markdown files     (default ../shared/data/factbook/2022)
--count  how many of them, evenly taken (default 50)
--out    where the renderings go        (default OUT below the system's temporary folder)

DOCX and PDF need LibreOffice (soffice) on the PATH.`;

const filesPerConversion = 10;

const { values } = parseArgs({
  options: {
    from: { type: 'string', default: '../shared/data/factbook/2022' },
    count: { type: 'string', default: '50' },
    out: { type: 'string', default: path.join(os.tmpdir(), 'corpuscope-formats') },
    help: { type: 'boolean', default: false },
  },
});

async function render(options: { from: string; count: number; out: string }): Promise<void> {
  const documents = await chooseDocuments(options);
  for (const format of ['markdown', 'html', 'docx', 'xlsx', 'pdf']) {
    await rm(path.join(options.out, format), { recursive: true, force: true });
    await mkdir(path.join(options.out, format), { recursive: true });
  }
  for (const { name, markdown } of documents) {
    await writeFile(path.join(options.out, 'markdown', `${name}.md`), markdown);
    await writeFile(path.join(options.out, 'html', `${name}.html`), markdownToHtml(markdown));
    await writeFile(path.join(options.out, 'xlsx', `${name}.xlsx`), markdownToWorkbook(markdown));
  }
  const names = documents.map((document) => document.name);
  await convert({ names, from: 'html', to: 'docx', out: options.out });
  await convert({ names, from: 'docx', to: 'pdf', out: options.out });
  console.log(`${documents.length} documents in ${options.out}`);
}

async function chooseDocuments(options: {
  from: string;
  count: number;
}): Promise<{ name: string; markdown: string }[]> {
  const documents = [{ name: 'made-table', markdown: madeTable() }];
  if (!existsSync(options.from)) {
    console.warn(`${options.from} does not exist: only the made table is rendered`);
    return documents;
  }
  const files = (await readdir(options.from)).filter((file) => file.endsWith('.md')).sort();
  const step = Math.max(1, files.length / options.count);
  for (let index = 0; index < Math.min(options.count, files.length); index += 1) {
    const file = files[Math.floor(index * step)] ?? '';
    const markdown = await readFile(path.join(options.from, file), 'utf8');
    documents.push({ name: path.basename(file, '.md'), markdown });
  }
  return documents;
}

const filters = {
  docx: ['--infilter=HTML (StarWriter)', '--convert-to', 'docx:MS Word 2007 XML'],
  pdf: ['--convert-to', 'pdf'],
} as const;

async function convert(options: {
  names: readonly string[];
  from: 'html' | 'docx';
  to: 'docx' | 'pdf';
  out: string;
}): Promise<void> {
  const profile = await mkdtemp(path.join(os.tmpdir(), 'soffice-'));
  try {
    for (let start = 0; start < options.names.length; start += filesPerConversion) {
      const files = options.names
        .slice(start, start + filesPerConversion)
        .map((name) => path.join(options.out, options.from, `${name}.${options.from}`));
      const outFolder = path.join(options.out, options.to);
      const common = [`-env:UserInstallation=file://${profile}`, '--headless'];
      await promisify(execFile)('soffice', [
        ...common,
        ...filters[options.to],
        '--outdir',
        outFolder,
        ...files,
      ]);
    }
  } finally {
    await rm(profile, { recursive: true, force: true });
  }
}

if (values.help) console.log(help);
else await render({ from: values.from, count: Number(values.count), out: values.out });
