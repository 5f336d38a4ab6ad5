# A `tail` is an operand that reaches to the end of its product, such as a big sum: it can only stand last.
# `^` is linked to the left and folded to the right later, because right recursion takes quadratic time.
@lexer lexer

sum -> signed                 {% id %}
  | sum %plus signed          {% d => s.chain(d[0], d[1], d[2]) %}
  | sum %minus signed         {% d => s.chain(d[0], d[1], d[2]) %}

signed -> product             {% id %}
  | %minus signed             {% d => s.negation(d[0], d[1]) %}
  | %plus signed              {% d => d[1] %}

product -> factors            {% id %}
  | tail                      {% id %}
  | factors %times lastFactor {% d => s.chain(d[0], d[1], d[2]) %}
  | factors %divide lastFactor {% d => s.chain(d[0], d[1], d[2]) %}

factors -> operand            {% id %}
  | factors %times factor     {% d => s.chain(d[0], d[1], d[2]) %}
  | factors %divide factor    {% d => s.chain(d[0], d[1], d[2]) %}

factor -> operand             {% id %}
  | %minus factor             {% d => s.negation(d[0], d[1]) %}
  | %plus factor              {% d => d[1] %}

lastFactor -> tail            {% id %}
  | %minus lastFactor         {% d => s.negation(d[0], d[1]) %}
  | %plus lastFactor          {% d => d[1] %}

operand -> power              {% id %}
  | bareCall                  {% id %}
  | operator operand          {% d => s.derivative(d[0], d[0].variables, d[1], d[1]) %}

tail -> big                   {% id %}
  | %func big                 {% d => s.call(d[0], [d[1]], d[1]) %}
  | %func tail_call           {% d => s.call(d[0], [d[1]], d[1]) %}
  | operator tail             {% d => s.derivative(d[0], d[0].variables, d[1], d[1]) %}

tail_call -> %func big        {% d => s.call(d[0], [d[1]], d[1]) %}
  | %func tail_call           {% d => s.call(d[0], [d[1]], d[1]) %}

power -> base                 {% id %}
  | power %caret exponent     {% d => s.power(d[0], d[2]) %}
  | power %lateSub script     {% d => s.indexBase(d[0], d[2].list, d[2]) %}
  | power %transpose          {% d => s.transposed(d[0], d[1]) %}
  | power %factorial          {% d => s.factorial(d[0], d[1]) %}

base -> group                 {% id %}
  | solid                     {% id %}

exponent -> base              {% id %}
  | %lb sum %rb               {% d => s.group(d[0], d[1], d[2]) %}
  | %minus exponent           {% d => s.negation(d[0], d[1]) %}
  | %plus exponent            {% d => d[1] %}

group -> %lp condition %rp    {% d => s.group(d[0], d[1], d[2]) %}

solid -> %num                 {% d => s.number(d[0]) %}
  | indexed                   {% id %}
  | call                      {% id %}
  | %frac %lb condition %rb %lb condition %rb {% d => s.fraction(d[0], d[2], d[5], d[6]) %}
  | %root %lb condition %rb   {% d => s.root(d[0], undefined, d[2], d[3]) %}
  | %root %li sum %ri %lb condition %rb {% d => s.root(d[0], d[2], d[5], d[6]) %}
  | %leftNorm sum %rightNorm  {% d => s.norm(d[0], d[1], d[2]) %}
  | %leftAngle sum %comma sum %rightAngle {% d => s.inner(d[0], d[1], d[3], d[4]) %}
  | %leftBar condition %rightBar {% d => s.absolute(d[0], d[1], d[2]) %}
  | %casesOpen rows %casesClose {% d => s.cases(d[0], d[1], d[2]) %}
  | %dfrac %lb %partial product %rb %lb variables %rb {% d => s.derivative(d[0], s.ordered(d[0], d[6]), d[3], d[7]) %}
  | %partial operand %divide variables {% d => s.derivative(d[0], d[3], d[1], d[3].value) %}

rows -> row                   {% d => s.linked(undefined, d[0]) %}
  | rows %newRow row          {% d => s.linked(d[0], d[2]) %}

row -> sum %ampersand condition {% d => ({ value: d[0], condition: d[2] }) %}
  | sum %ampersand %otherwise {% d => ({ value: d[0], condition: undefined }) %}
  | sum %otherwise            {% d => ({ value: d[0], condition: undefined }) %}
