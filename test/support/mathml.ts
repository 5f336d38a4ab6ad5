import katex from 'katex'

/** What KaTeX, a second implementation, makes of the LaTeX. */
export function byKatex(latex: string): string {
  return katex.renderToString(latex, {
    output: 'mathml',
    displayMode: true,
    strict: 'error',
    throwOnError: true,
  })
}

/** What a reader sees of MathML from left to right; spaces and invisible signs apart. */
export function visible(mathml: string): string {
  return mathml
    .replace(/<annotation[\s\S]*?<\/annotation>/g, '')
    .replace(/<[^>]*>/g, '')
    .replace(/&#x206[12];/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .normalize('NFD')
    .replace(/[\s\u2061\u2062\u00a0]/g, '')
    .replace(/\u20d7|[\u0302-\u0304\u0307]|[\^~ˉ˙¯]|⃗/g, '')
    .replaceAll('∣', '|')
    .replaceAll('𝟏', '1')
    .replaceAll('ϕ', 'φ')
    .replaceAll('∥', '|')
}

/** Every element is closed, in the order in which it was opened. */
export function isWellFormed(mathml: string): boolean {
  const open: string[] = []
  for (const [, end, name, self] of mathml.matchAll(/<(\/?)([a-z]+)[^>]*?(\/?)>/g)) {
    if (self === '/') continue
    if (end === '/') {
      if (open.pop() !== name) return false
    } else open.push(name!)
  }
  return open.length === 0
}
