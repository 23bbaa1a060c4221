// Writes t2s.txt, the characters that simplified Chinese writes otherwise, by
// the tables of OpenCC as the npm package opencc-js carries them. Run it by
// "go generate ./hanzi" with opencc-js 1.4.2 where node finds it.
import { writeFileSync } from 'node:fs'
import * as OpenCC from 'opencc-js'

const variants = ['t', 'tw', 'hk'].map((from) => OpenCC.Converter({ from, to: 'cn' }))
// Characters that are simplified ones too, with a meaning of their own.
const stay = new Set('乾瞭著徵夥藉')
const pairs = []
for (let c = 0x3400; c <= 0x9fff; c++) {
  const from = String.fromCodePoint(c)
  const to = variants.map((v) => v(from)).find((s) => s !== from && [...s].length === 1)
  if (to !== undefined && !stay.has(from)) pairs.push(from + to)
}
const lines = []
for (let i = 0; i < pairs.length; i += 32) lines.push(pairs.slice(i, i + 32).join(''))
writeFileSync(
  new URL('t2s.txt', import.meta.url),
  '# Traditional and simplified characters in pairs, by the dictionaries of OpenCC\n' +
    '# (https://github.com/BYVoid/OpenCC, Apache License 2.0) as packed by opencc-js 1.4.2\n' +
    '# (https://github.com/nk2028/opencc-js, MIT licence). Written by t2s.mjs; do not edit.\n' +
    lines.join('\n') + '\n',
)
