# Functions, big operators, derivatives not yet taken.
@lexer lexer

call -> function arguments    {% d => s.call(d[0], s.toArray(d[1].list), d[1]) %}
  | function %primes arguments {% d => s.call(d[0], s.toArray(d[2].list), d[2], [d[1].value.length]) %}
  | function %orders arguments {% d => s.call(d[0], s.toArray(d[2].list), d[2], d[1].value.split(',').map(Number)) %}
  | function %funcCaret %lb sum %rb arguments {% d => s.call(d[0], s.toArray(d[5].list), d[5], [], d[3]) %}
  | %func %base script arguments {% d => s.based(d[0], d[3].list, d[2].list, d[3]) %}
  | %slot %own arguments      {% d => s.call(d[1], s.toArray(d[2].list), d[2], s.slotOrders(d[0], d[2].list)) %}

function -> %func             {% id %}
  | %own                      {% id %}

arguments -> %lp args %rp     {% d => ({ list: d[1], at: d[0].at, end: d[2].end }) %}

args -> arg                   {% d => s.linked(undefined, d[0]) %}
  | args %comma arg           {% d => s.linked(d[0], d[2]) %}

arg -> condition              {% id %}
  | condition %dots sum       {% d => s.range(d[0], d[2]) %}

# `\sin 2x`, `\log p_j`: the filter joins what belongs to the argument by `tight`.
bareCall -> %func bare        {% d => s.call(d[0], [d[1]], d[1]) %}
  | %func %base script bare   {% d => s.based(d[0], s.linked(undefined, d[3]), d[2].list, d[3]) %}
  | %func %funcCaret %lb sum %rb bare {% d => s.call(d[0], [d[5]], d[5], [], d[3]) %}

bare -> tight                 {% id %}
  | bareCall                  {% id %}

tight -> tightPower           {% id %}
  | tight %tight tightPower   {% d => s.chain(d[0], d[1], d[2]) %}

tightPower -> solid           {% id %}
  | tightPower %caret exponent {% d => s.power(d[0], d[2]) %}
  | tightPower %lateSub script{% d => s.indexBase(d[0], d[2].list, d[2]) %}
  | tightPower %transpose     {% d => s.transposed(d[0], d[1]) %}
  | tightPower %factorial     {% d => s.factorial(d[0], d[1]) %}

big -> %big signed            {% d => s.big(d[0], undefined, undefined, d[1]) %}
  | %big below signed         {% d => s.big(d[0], d[1], undefined, d[2]) %}
  | %big below above signed   {% d => s.big(d[0], d[1], d[2], d[3]) %}
  | %big above below signed   {% d => s.big(d[0], d[2], d[1], d[3]) %}

below -> %sub %lb args %rb    {% d => d[2] %}
  | %sub %name                {% d => s.linked(undefined, s.name(d[1])) %}

above -> %caret %lb sum %rb   {% d => d[2] %}
  | %caret %name              {% d => s.name(d[1]) %}
  | %caret %num               {% d => s.number(d[1]) %}

operator -> %dop %lb %partial %rb %lb variables %rb {% d => ({ at: d[0].at, end: d[6].end, variables: s.ordered(d[0], d[5]) }) %}
  | %partial %divide variables {% d => ({ at: d[0].at, end: d[2].value.end, variables: d[2] }) %}
  | %nabla                    {% d => ({ at: d[0].at, end: d[0].end, variables: undefined }) %}
  | %nabla index              {% d => ({ at: d[0].at, end: d[1].end, variables: d[1].list }) %}

variables -> %partial indexed {% d => s.linked(undefined, d[1]) %}
  | %partial indexed %caret %num {% d => s.repeated(d[1], d[3]) %}
  | %partial indexed %caret %lb %num %rb {% d => s.repeated(d[1], d[4]) %}
  | variables %partial indexed {% d => s.linked(d[0], d[2]) %}
