/**
 * How names are written. A name is kept in plain letters (`theta`, `yhat`, `w^{(2)}`), and this table is the
 * only place that knows its LaTeX and its Unicode form.
 */
export interface Letter {
  readonly name: string
  readonly latex: string
  readonly text: string
}

const row = (name: string, text: string, latex = `\\${name}`): Letter => ({ name, latex, text })

export const letters: readonly Letter[] = [
  row('alpha', 'α'),
  row('beta', 'β'),
  row('gamma', 'γ'),
  row('delta', 'δ'),
  row('epsilon', 'ε', '\\varepsilon'),
  row('zeta', 'ζ'),
  row('eta', 'η'),
  row('theta', 'θ'),
  row('iota', 'ι'),
  row('kappa', 'κ'),
  row('lambda', 'λ'),
  row('mu', 'μ'),
  row('nu', 'ν'),
  row('xi', 'ξ'),
  row('pi', 'π'),
  row('rho', 'ρ'),
  row('sigma', 'σ'),
  row('tau', 'τ'),
  row('upsilon', 'υ'),
  row('phi', 'φ', '\\varphi'),
  row('chi', 'χ'),
  row('psi', 'ψ'),
  row('omega', 'ω'),
  row('Gamma', 'Γ'),
  row('Delta', 'Δ'),
  row('Theta', 'Θ'),
  row('Lambda', 'Λ'),
  row('Xi', 'Ξ'),
  row('Pi', 'Π'),
  row('Sigma', 'Σ'),
  row('Upsilon', 'Υ'),
  row('Phi', 'Φ'),
  row('Psi', 'Ψ'),
  row('Omega', 'Ω'),
  row('ell', 'ℓ'),
]

/** Marks over a letter: `yhat` is ŷ. The name is the letter's followed by the mark's. */
export const accents: readonly Letter[] = [
  row('hat', '\u0302'),
  row('bar', '\u0304'),
  row('tilde', '\u0303'),
  row('dot', '\u0307'),
  row('vec', '\u20d7'),
]
