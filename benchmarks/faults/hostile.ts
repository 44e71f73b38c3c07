// Reads a folder of hostile files and shows what became of each: nothing may crash or hang.
//
//   node benchmarks/faults/hostile.ts
import { execFileSync } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCorpuscope } from '../measured-process.ts';

const work = mkdtempSync(join(tmpdir(), 'corpuscope-hostile-'));
const folder = join(work, 'corpus');
mkdirSync(folder);
const write = (name: string, content: string | Uint8Array): void =>
  writeFileSync(join(folder, name), content);

try {
  for (let index = 0; index < 5; index += 1)
    write(`good-${index}.md`, `# Good ${index}\n\nWeight: ${index + 1} kg\n`);
  write(
    'truncated.pdf',
    '%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pa',
  );
  write(
    'invalid-utf8.md',
    Buffer.concat([Buffer.from('# Bad bytes\n\nWeight: 3 kg\n'), Buffer.from([0xff, 0xfe, 0x80, 0xc0])]),
  );
  write('binary.md', Buffer.from(Array.from({ length: 50_000 }, (_, index) => (index * 7919) % 256)));
  write('empty.md', '');
  write('quotes"and\nnewline.md', '# Odd name\n\nWeight: 9 kg\n');
  write("it's; DROP TABLE.md", '# Semicolon\n\nWeight: 10 kg\n');
  write('deep.json', '['.repeat(200_000) + ']'.repeat(200_000));
  write('deep.html', '<div>'.repeat(200_000));
  write('unclosed.json', '{"a": 1, "b": [');
  write('wide.csv', `${'a,'.repeat(50_000)}b\n${'1,'.repeat(50_000)}2\n`);
  write('quote.csv', `name,n\n"unclosed,1\n${'x,2\n'.repeat(1000)}`);
  write(
    'regex.md',
    `${'a'.repeat(1_000_000)}: ${' '.repeat(500_000)}!\n${'| '.repeat(300_000)}\n${'1,'.repeat(400_000)}\n`,
  );
  mkdirSync(join(folder, 'folder.md'));
  symlinkSync('/etc/passwd', join(folder, 'outside.md'));
  symlinkSync('..', join(folder, 'folder.md', 'loop'));
  symlinkSync('missing.md', join(folder, 'broken.md'));
  execFileSync('mkfifo', [join(folder, 'pipe.md')]);
  makeZipBomb(join(folder, 'bomb.docx'));
  makeLongLine(join(folder, 'one-gigabyte-line.txt'));
  const run = await runCorpuscope(['read', folder, '--store', join(work, 'store'), '--json']);
  console.log(run.stdout, run.stderr);
  console.log(`exit ${run.status}, ${run.seconds.toFixed(1)} s, ${Math.round(run.peakMebibytes)} MiB`);
  const ask = await runCorpuscope([
    'ask',
    folder,
    'How many documents have a weight of more than 2 kg?',
    '--store',
    join(work, 'store'),
  ]);
  console.log(ask.stdout, ask.stderr, `exit ${ask.status}`);
  process.exitCode = run.status === 3 ? 0 : 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}

function makeLongLine(file: string): void {
  const handle = openSync(file, 'w');
  const chunk = Buffer.alloc(8_000_000, 'word ');
  for (let written = 0; written < 1_000_000_000; written += chunk.length) writeSync(handle, chunk);
  closeSync(handle);
}

/** A DOCX whose document.xml inflates to 2 GB; Python's standard library writes it. */
function makeZipBomb(file: string): void {
  const program = `
import zipfile, sys
with zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_DEFLATED) as z:
    z.writestr('[Content_Types].xml', '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>')
    with z.open('word/document.xml', 'w', force_zip64=True) as f:
        for _ in range(2000): f.write(b' ' * 1000000)`;
  execFileSync('python3', ['-c', program, file]);
}
