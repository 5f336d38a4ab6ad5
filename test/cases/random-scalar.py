"""Writes random-scalar.jsonl: random functions of one variable, with values and slopes by mpmath.

    python3 random-scalar.py 77 400 > random-scalar.jsonl

The first argument is the seed, the second the number of functions. An expression is drawn together with a
function that evaluates it at 40 digits, so that the text is never parsed here. A point is kept where every
intermediate value is real and neither tiny nor huge; the slope is a central difference of the sixth order.
"""

import json
import random
import re
import sys

import mpmath as mp

mp.mp.dps = 40
draw = random.Random(int(sys.argv[1]))
parameters = ["a", "b", "c", "n"]

functions = {
    "exp": mp.exp, "log": mp.log, "sqrt": mp.sqrt, "log2": lambda u: mp.log(u, 2), "log10": lambda u: mp.log(u, 10),
    "cbrt": lambda u: mp.sign(u) * abs(u) ** (mp.mpf(1) / 3), "abs": abs,
    "sin": mp.sin, "cos": mp.cos, "tan": mp.tan, "sec": mp.sec, "csc": mp.csc, "cot": mp.cot,
    "asin": mp.asin, "acos": mp.acos, "atan": mp.atan,
    "acot": lambda u: mp.atan(1 / u), "asec": lambda u: mp.acos(1 / u), "acsc": lambda u: mp.asin(1 / u),
    "sinh": mp.sinh, "cosh": mp.cosh, "tanh": mp.tanh, "sech": mp.sech, "csch": mp.csch, "coth": mp.coth,
    "asinh": mp.asinh, "acosh": mp.acosh, "atanh": mp.atanh,
    "acoth": lambda u: mp.atanh(1 / u), "asech": lambda u: mp.acosh(1 / u), "acsch": lambda u: mp.asinh(1 / u),
    "erf": mp.erf, "erfc": mp.erfc, "Phi": mp.ncdf,
    "gamma": mp.gamma, "lgamma": lambda u: mp.log(abs(mp.gamma(u))), "digamma": mp.digamma,
    "sigmoid": lambda u: 1 / (1 + mp.exp(-u)), "softplus": lambda u: mp.log(1 + mp.exp(u)),
    "relu": lambda u: max(u, mp.mpf(0)), "gelu": lambda u: u * mp.ncdf(u), "silu": lambda u: u / (1 + mp.exp(-u)),
}
exponents = {
    "2": lambda e: 2, "3": lambda e: 3, "(-1)": lambda e: -1, "(-2)": lambda e: -2,
    "(1/2)": lambda e: mp.mpf(1) / 2, "(3/2)": lambda e: mp.mpf(3) / 2, "(-3/2)": lambda e: -mp.mpf(3) / 2,
    "(2/3)": lambda e: mp.mpf(2) / 3, "n": lambda e: e["n"], "x": lambda e: e["x"], "(n + 1)": lambda e: e["n"] + 1,
}


def plain(value):
    """The value, where it is real and of a size that no rounding spoils."""
    if isinstance(value, mp.mpc) or not 1e-9 < abs(value) < 1e9:
        raise ValueError
    return value


def brackets(operand, binding):
    text, own, _ = operand
    return text if own >= binding else f"({text})"


def atom():
    kind = draw.random()
    if kind < 0.45:
        return "x", 9, lambda e: e["x"]
    if kind < 0.7:
        name = draw.choice(parameters)
        return name, 9, lambda e: e[name]
    if kind < 0.95:
        number = draw.randint(1, 7)
        return str(number), 9, lambda e: mp.mpf(number)
    return "pi", 9, lambda e: mp.pi


def expression(depth):
    """Text, how strongly its outermost operation binds, and its value in an environment."""
    if depth == 0:
        return atom()
    kind = draw.random()
    if kind < 0.58:
        u, v = expression(depth - 1), expression(depth - 1)
        if kind < 0.11:
            return f"{u[0]} + {brackets(v, 1)}", 1, lambda e: plain(u[2](e) + v[2](e))
        if kind < 0.22:
            return f"{u[0]} - {brackets(v, 2)}", 1, lambda e: plain(u[2](e) - v[2](e))
        if kind < 0.45:
            return f"{brackets(u, 2)}*{brackets(v, 2.5)}", 2, lambda e: plain(u[2](e) * v[2](e))
        return f"{brackets(u, 2)}/{brackets(v, 3)}", 2, lambda e: plain(u[2](e) / v[2](e))
    u = expression(depth - 1)
    if kind < 0.72:
        exponent = draw.choice(list(exponents))

        def power(e):
            base, value = plain(u[2](e)), exponents[exponent](e)
            if base < 0 and not isinstance(value, int):
                raise ValueError
            return plain(base**value)

        return f"{brackets(u, 5)}^{exponent}", 4, power
    if kind < 0.76:
        return f"-{brackets(u, 2)}", 1.5, lambda e: -u[2](e)
    name = draw.choice(list(functions))
    return f"{name}({u[0]})", 9, lambda e: plain(functions[name](plain(u[2](e))))


def point(value):
    """A random point with value and slope; nothing where the function is not smooth or not defined."""
    at = {name: mp.mpf(draw.randint(-200, 200)) / 64 for name in [*parameters, "x"]}
    if draw.random() < 0.5:
        at = {name: abs(number) for name, number in at.items()}
    step = mp.mpf(10) ** -8
    try:
        center = value(at)
        d1, d2, d3 = (
            (value({**at, "x": at["x"] + k * step}) - value({**at, "x": at["x"] - k * step})) / (2 * k * step)
            for k in (1, 2, 3)
        )
    except (ValueError, ZeroDivisionError, OverflowError, mp.libmp.ComplexResult):
        return None
    slope = (15 * d1 - 6 * d2 + d3) / 10
    if abs(d1 - d2) > 1e-6 * (1 + abs(slope)) or not 1e-6 < abs(slope) < 1e8:
        return None
    return at, center, slope


count = 0
while count < int(sys.argv[2]):
    text, _, value = expression(draw.choice([2, 3, 3, 4, 4, 5]))
    names = set(re.findall(r"\b[abcnx]\b", text))
    if "x" not in names:
        continue
    points = [found for found in (point(value) for _ in range(40)) if found is not None][:3]
    if len(points) < 2:
        continue
    print(json.dumps({
        "id": f"random-{count}", "expr": text, "wrt": "x",
        "points": [
            {"vars": {k: float(v) for k, v in at.items() if k in names}, "value": mp.nstr(center, 25), "d": mp.nstr(slope, 20)}
            for at, center, slope in points
        ],
    }))
    count += 1
