# One grammar for the plain notation and for LaTeX, freely mixed. It knows structure only: the token filter
# has already put a `times` between neighbouring factors, told functions from names, and wrapped each
# argument of a LaTeX command in braces. A post-processor calls one builder of the surface tree.
@preprocessor typescript
@{%
import * as s from '../surface-builders.ts'
const lexer = {
  has: (_type: string) => true,
  reset: () => {},
  next: () => undefined,
  save: () => undefined,
  formatError: () => '',
}
%}
@lexer lexer

main -> items {% id %}

@include "statements.ne"
@include "arithmetic.ne"
@include "functions.ne"
@include "scripts.ne"
