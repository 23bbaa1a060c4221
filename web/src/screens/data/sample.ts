/** How much of a file is read for its samples. */
const most = 64 * 1024;

/** The cells of a line of CSV or TSV. */
export function cellsOf(line: string): string[] {
  const separator = !line.includes(',') && line.includes('\t') ? '\t' : ',';
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < line.length; i++) {
    const c = line[i]!;
    if (c === '"' && quoted && line[i + 1] === '"') { cell += '"'; i++; }
    else if (c === '"') quoted = !quoted;
    else if (c === separator && !quoted) { cells.push(cell); cell = ''; }
    else cell += c;
  }
  return [...cells, cell].map((s) => s.trim());
}

/** The first value of each column of a text, under the head of a line. */
export function samplesOf(text: string, headerRow = 1): Map<string, string> {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const heads = cellsOf(lines[headerRow - 1] ?? '');
  const rows = lines.slice(headerRow, headerRow + 50).map(cellsOf);
  return new Map(heads.map((head, i) => [head, rows.find((r) => r[i])?.[i] ?? '']));
}

/** The samples of a file that is text; of a workbook there are none, since only the service reads it. */
export async function samplesOfFile(file: File, headerRow?: number): Promise<Map<string, string>> {
  if (!/\.(csv|tsv|txt)$/i.test(file.name)) return new Map();
  const bytes = await file.slice(0, most).arrayBuffer();
  const utf8 = new TextDecoder('utf-8').decode(bytes);
  const broken = utf8.slice(0, -2).includes('\uFFFD');
  return samplesOf(broken ? new TextDecoder('gb18030').decode(bytes) : utf8, headerRow);
}
