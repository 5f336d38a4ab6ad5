/** What the command says to the shell. */
export const exitCodes = { done: 0, negative: 1, badInput: 2, beyondLimit: 3, fault: 70 } as const

/** The input is larger than what is read, or took longer than allowed. */
export class BeyondLimit extends Error {
  override readonly name = 'BeyondLimit'
}
