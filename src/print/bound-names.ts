/** The letters for an index whose own letter is taken, in the order in which they are tried. */
const letters = ['i', 'j', 'k', 'l', 'q', 'r', 's', 'n', 't', 'p', 'u', 'v', 'a', 'b', 'c', 'm'] as const

/**
 * The name an index is shown under: its own letter, or the next free one. `taken` holds the free names of the
 * whole term and `enclosing` the indices around it, so that what is printed cannot be read as captured.
 */
export function chooseIndexName(
  hint: string,
  taken: ReadonlySet<string>,
  enclosing: readonly string[],
): string {
  const free = (name: string) => !taken.has(name) && !enclosing.includes(name)
  if (hint !== '' && free(hint)) return hint
  for (const letter of letters) if (free(letter)) return letter
  for (let number = 1; ; number++) if (free(`i${number}`)) return `i${number}`
}
