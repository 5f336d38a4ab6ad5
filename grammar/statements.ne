# Definitions, and conditions: whatever stands around a term.
@lexer lexer

items -> item                 {% d => s.linked(undefined, d[0]) %}
  | items %semicolon item     {% d => s.linked(d[0], d[2]) %}

item -> condition             {% d => s.item(d[0], undefined) %}
  | %define definitions       {% d => s.item(undefined, d[1]) %}
  | condition %where definitions {% d => s.item(d[0], d[2]) %}

definitions -> condition      {% d => s.linked(undefined, d[0]) %}
  | definitions %comma condition {% d => s.linked(d[0], d[2]) %}

condition -> conjunction      {% id %}
  | condition %or conjunction {% d => s.logical('or', d[0], [d[0], d[2]]) %}

conjunction -> inverse        {% id %}
  | conjunction %and inverse  {% d => s.logical('and', d[0], [d[0], d[2]]) %}

inverse -> relation           {% id %}
  | %not inverse              {% d => s.logical('not', d[0], [d[1]]) %}

relation -> sum               {% id %}
  | relation %compare sum     {% d => s.comparison(d[0], d[1], d[2]) %}
  | relation %element arguments {% d => s.membership(d[0], s.toArray(d[2].list), d[2]) %}
