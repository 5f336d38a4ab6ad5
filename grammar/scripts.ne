# Names and their indices.
@lexer lexer

indexed -> %name              {% d => s.name(d[0]) %}
  | indexed index             {% d => s.indexed(d[0], d[1].list, d[1]) %}
  | indexed %label            {% d => s.labelled(d[0], d[1]) %}
  | indexed %sample           {% d => s.sampled(d[0], d[1]) %}

index -> %sub script          {% d => d[1] %}
  | %li indices %ri           {% d => ({ list: d[1], at: d[0].at, end: d[2].end }) %}

script -> %name               {% d => ({ list: s.linked(undefined, s.name(d[0])), at: d[0].at, end: d[0].end }) %}
  | %num                      {% d => ({ list: s.linked(undefined, s.number(d[0])), at: d[0].at, end: d[0].end }) %}
  | %lb indices %rb           {% d => ({ list: d[1], at: d[0].at, end: d[2].end }) %}

indices -> sum                {% d => s.linked(undefined, d[0]) %}
  | indices %comma sum        {% d => s.linked(d[0], d[2]) %}
