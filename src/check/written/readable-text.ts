import { takeBars } from './evaluation-bar.ts'
import { withoutOrnaments } from './ornament.ts'

/** A line with what is not read blanked out: places in it are places in the line. */
export function readableText(text: string): string {
  return withoutOrnaments(takeBars(text).text)
}
