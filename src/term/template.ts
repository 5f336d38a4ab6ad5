import type { Expr, RelationOperation } from './expr.ts'
import type { TermStore } from './store.ts'

/** Builds the term of a template; a name without a binding stands for the symbol of that name. */
export type Template = (store: TermStore, bindings: ReadonlyMap<string, Expr>) => Expr

const compiled = new Map<string, Template>()

/**
 * Reads a template of the function table or of a rule: numbers, names, `+ - * / ^`, calls, relations, `or` and
 * `if(c, a, b)`. It is not the notation of users: a name before a parenthesis is a function of the table.
 * Templates are literals of the program, so keeping each compiled one cannot leak.
 * @throws SyntaxError for a text that is no template.
 */
export function compileTemplate(text: string): Template {
  let template = compiled.get(text)
  if (template === undefined) {
    template = new TemplateReader(text).read()
    compiled.set(text, template)
  }
  return template
}

const tokenPattern = /\s*(?:(\d+\.?\d*|\.\d+)|([A-Za-z_][A-Za-z_0-9]*)|([<>=!]=|[-+*/^(),<>]))/y
const relations: readonly string[] = ['<', '<=', '>', '>=', '==', '!=']

class TemplateReader {
  readonly #tokens: string[] = []
  #next = 0

  constructor(readonly text: string) {
    const end = text.trimEnd().length
    tokenPattern.lastIndex = 0
    while (tokenPattern.lastIndex < end) {
      const match = tokenPattern.exec(text)
      if (match === null) throw new SyntaxError(`no template: ${text}`)
      this.#tokens.push(match[1] ?? match[2] ?? match[3]!)
    }
  }

  read(): Template {
    const template = this.#condition()
    if (this.#next < this.#tokens.length) this.#fail()
    return template
  }

  #condition(): Template {
    const parts = [this.#relation()]
    while (this.#accept('or')) parts.push(this.#relation())
    return parts.length === 1
      ? parts[0]!
      : (store, bindings) => store.logical('or', build(parts, store, bindings))
  }

  #relation(): Template {
    const left = this.#sum()
    const operation = this.#tokens[this.#next]
    if (operation === undefined || !relations.includes(operation)) return left
    this.#next++
    const right = this.#sum()
    return (store, bindings) =>
      store.relation(operation as RelationOperation, left(store, bindings), right(store, bindings))
  }

  #sum(): Template {
    const terms = [this.#product()]
    for (;;) {
      if (this.#accept('+')) terms.push(this.#product())
      else if (this.#accept('-')) terms.push(negate(this.#product()))
      else break
    }
    return terms.length === 1 ? terms[0]! : (store, bindings) => store.add(build(terms, store, bindings))
  }

  /** A leading minus takes the whole product: `-2*x` is `-(2*x)`. */
  #product(): Template {
    if (this.#accept('-')) return negate(this.#product())
    let factors = [this.#power()]
    for (;;) {
      if (this.#accept('*')) factors.push(this.#power())
      else if (this.#accept('/')) {
        const numerator = multiply(factors)
        const denominator = this.#power()
        factors = [(store, bindings) => store.div(numerator(store, bindings), denominator(store, bindings))]
      } else break
    }
    return multiply(factors)
  }

  #power(): Template {
    const base = this.#atom()
    if (!this.#accept('^')) return base
    const exponent = this.#accept('-') ? negate(this.#power()) : this.#power()
    return (store, bindings) => store.pow(base(store, bindings), exponent(store, bindings))
  }

  #atom(): Template {
    const token = this.#tokens[this.#next++] ?? this.#fail()
    if (token === '(') {
      const inner = this.#relation()
      this.#expect(')')
      return inner
    }
    if (/^[\d.]/.test(token)) return (store) => store.number(token)
    if (!/^[A-Za-z_]/.test(token)) this.#fail()
    if (!this.#accept('(')) return (store, bindings) => bindings.get(token) ?? store.symbol(token)
    const args = [this.#relation()]
    while (this.#accept(',')) args.push(this.#relation())
    this.#expect(')')
    return token === 'if'
      ? (store, bindings) => store.piecewise(build(args, store, bindings))
      : (store, bindings) => store.call(token, build(args, store, bindings))
  }

  #accept(token: string): boolean {
    if (this.#tokens[this.#next] !== token) return false
    this.#next++
    return true
  }

  #expect(token: string): void {
    if (!this.#accept(token)) this.#fail()
  }

  #fail(): never {
    throw new SyntaxError(`no template: ${this.text}`)
  }
}

function build(parts: readonly Template[], store: TermStore, bindings: ReadonlyMap<string, Expr>): Expr[] {
  return parts.map((part) => part(store, bindings))
}

function multiply(factors: readonly Template[]): Template {
  return factors.length === 1 ? factors[0]! : (store, bindings) => store.mul(build(factors, store, bindings))
}

function negate(template: Template): Template {
  return (store, bindings) => store.neg(template(store, bindings))
}
