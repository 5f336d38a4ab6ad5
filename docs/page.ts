/** The pages whose commands are run. */
export const pages = ['average-of-gradients.md'] as const

/** Runs `derive` with these arguments and answers its standard output. */
export type Run = (argv: readonly string[]) => Promise<string>

const block = /<!-- derive (.*?) -->\n[\s\S]*?<!-- end -->/g

/**
 * The page with the output of each command behind the comment that holds it. What is no Markdown is set as it
 * stands.
 */
export async function fillPage(page: string, run: Run): Promise<string> {
  let filled = ''
  let end = 0
  for (const match of page.matchAll(block)) {
    const command = match[1]!
    const output = (await run(argumentsOf(command))).trimEnd()
    const shown = command.includes('--format markdown') ? output : `\`\`\`text\n${output}\n\`\`\``
    filled += `${page.slice(end, match.index)}<!-- derive ${command} -->\n\n\`derive ${command}\`\n\n${shown}\n\n<!-- end -->`
    end = match.index + match[0].length
  }
  return filled + page.slice(end)
}

/** The words of a command line; quotes keep blanks together. */
function argumentsOf(command: string): readonly string[] {
  return [...command.matchAll(/"([^"]*)"|\S+/g)].map((match) => match[1] ?? match[0])
}
