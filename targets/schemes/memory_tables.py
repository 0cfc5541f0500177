#!/usr/bin/env python3
"""Makes memory_tables.h, the tables that schemes look up in memory.

    python3 targets/schemes/memory_tables.py > targets/schemes/memory_tables.h

Powers of two: entry i of n is the pattern of 2^(i/n) less i/n of the exponent's last place, so that
adding the number of n-ths, shifted to where its whole part is the exponent, gives 2^(number / n).
What the rounding of 2^(i/n) lost, relative to it, has a table of its own.

Logarithms: interval j of 128 holds what has j in the seven bits above 2^45 of the pattern of the
mantissa less kMantissaOffset. c is next to the reciprocal of its middle, of 28 bits behind the
point, so that m c - 1 is exact for a float m; of those for which it stays in the kernel's domain
the one whose logarithm -log c is closest to a double (Gal, "Computing elementary functions: a new
approach for achieving high accuracy and good performance", 1986). Around 1 it is 1.

Sines: entry i of n is sin(2 pi i / n); what its rounding lost has a table of its own.

Arctangents: interval v of 64 holds the floats from kArctangentLow to kArctangentHigh whose pattern
has v in the bits from 2^20 on; entry v mod 64 is c next to its middle and atan c. The first interval
begins at 0, and has 0; the last one has no end, and c = 2^40. c has 20 bits, and of these the one
whose arctangent is closest to a double.

Cube roots: interval i of 32 of the mantissa has c, 28 bits, next to the reciprocal of its middle, and
for j = 0, 1, 2 the pattern of the cube root of 2^j / c, less 341 of the exponent's last place: of the
c for which m c - 1 stays in the kernel's domain the one whose three roots are closest to doubles.

Error functions: interval i of 32 has its middle at i/8. The entries e0 and e1 are erf and its
derivative there, e2 to e7 the polynomial in the distance d that interpolates the rest at Chebyshev's
points, ((erf(i/8 + d) - e0) / d - e1) / d. The first interval has no negative distances.

Scaled complementary error functions: interval v mod 32 holds the x for which the pattern of 1 + x has
v in the bits from 2^49 on, an eighth of a binade; c is its middle, e0 to e7 the polynomial in x - c
that interpolates e^(x^2) erfc x at Chebyshev's points. One polynomial for all x >= 1/2, times x + 0.7
and less 0.66, of (x - 2.125) / (x + 3.75), is accurate to 2^-56.

The arcsine of r is r + r^3 q(r^2) for r <= 1/2, to 2^-57, q through Chebyshev's points.

Needs mpmath. tests/targets/memory_tables_test.cpp compares the entries with MPFR.
"""
import struct

from mpmath import (asin, atan, cbrt, cos, erf, erfc, exp, log, lu_solve, matrix, mp, mpf, nint, pi, sin,
                    sqrt)

mp.prec = 200
INTERVALS = 128
OFFSET = 0x3FF0000000000000 - 76 * 2**45 - 2**44
DOMAIN = mpf("0.00391")  # kMemoryLogDomain in table.cpp
CUBE_ROOT_DOMAIN = mpf("0.0158")  # of the scheme in table.cpp


def pattern(x):
    return struct.unpack("<Q", struct.pack("<d", x))[0]


def value(bits):
    return struct.unpack("<d", struct.pack("<Q", bits))[0]


def hexadecimal(x):
    text = float(x).hex()
    mantissa, exponent = text.split("p")
    if "." in mantissa:
        mantissa = mantissa.rstrip("0").rstrip(".")
    return f"{mantissa}p{exponent}"


def powers(n):
    return [hex(pattern(float(mpf(2) ** (mpf(i) / n))) - (i << 52) // n) for i in range(n)]


def lost_of_powers(n):
    exact = [mpf(2) ** (mpf(i) / n) for i in range(n)]
    return [hexadecimal((x - mpf(float(x))) / mpf(float(x))) for x in exact]


def ulp(x):
    return mpf(2) ** (mp.frexp(abs(x))[1] - 53)


def logarithms(base):
    rows = []
    for j in range(INTERVALS):
        lo, hi = (mpf(value(OFFSET + ((j + k) << 45))) for k in (0, 1))
        if lo < 1 < hi:
            rows.append((mpf(1), mpf(0)))
            continue
        middle = nint(2 / (lo + hi) * 2**28)
        best = None
        for step in range(-2000, 2001):
            c = (middle + step) / mpf(2) ** 28
            if max(abs(lo * c - 1), abs(hi * c - 1)) > DOMAIN:
                continue
            l = -log(c) / log(base)
            error = abs(l - mpf(float(l))) / ulp(l)
            if best is None or error < best[0]:
                best = (error, c, l)
        rows.append(best[1:])
    return rows


def lost(x):
    """What the rounding to double loses, in ULP of double."""
    return abs(x - mpf(float(x))) / ulp(x) if x != 0 else mpf(0)


def arctangents():
    first = 984  # the bits of 2^-4
    rows = [None] * 64
    for v in range(first, first + 64):
        lo, hi = (mpf(struct.unpack("<f", struct.pack("<I", w << 20))[0]) for w in (v, v + 1))
        middle = (lo + hi) / 2
        step = mpf(2) ** (mp.frexp(middle)[1] - 20)
        choices = [nint(middle / step) * step + k * step for k in range(-200, 201)]
        if v == first:
            rows[v % 64] = (mpf(0), mpf(0))
        elif v == first + 63:
            rows[v % 64] = (mpf(2) ** 40, atan(mpf(2) ** 40))
        else:
            c = min(choices, key=lambda c: lost(atan(c)))
            rows[v % 64] = (c, atan(c))
    return rows


def cube_roots():
    inverses, roots = [], [[], [], []]
    for i in range(32):
        lo, hi = 1 + mpf(i) / 32, 1 + mpf(i + 1) / 32
        middle = nint(2 / (lo + hi) * 2**27)
        best = None
        for step in range(-12000, 12001, 10):
            c = (middle + step) / mpf(2) ** 27
            if max(abs(lo * c - 1), abs(hi * c - 1)) > CUBE_ROOT_DOMAIN:
                continue
            exact = [cbrt(mpf(2) ** j / c) for j in range(3)]
            error = max(lost(x) for x in exact)
            if best is None or error < best[0]:
                best = (error, c, exact)
        inverses.append(best[1])
        for j in range(3):
            roots[j].append(best[2][j])
    return inverses, roots


def interpolation(f, lo, hi, degree):
    """The coefficients of the polynomial through Chebyshev's points, the constant one first."""
    points = [(lo + hi) / 2 + (hi - lo) / 2 * cos(pi * (2 * k + 1) / (2 * degree + 2))
              for k in range(degree + 1)]
    powers_of_points = matrix([[x**j for j in range(degree + 1)] for x in points])
    return list(lu_solve(powers_of_points, matrix([f(x) for x in points])))


def errors():
    columns = [[] for _ in range(8)]
    for i in range(32):
        c = mpf(i) / 8
        value, slope = erf(c), 2 / sqrt(pi) * exp(-c * c)
        lo = -mpf(1) / 16 if i > 0 else mpf(0)
        rest = interpolation(lambda d: ((erf(c + d) - value) / d - slope) / d, lo, mpf(1) / 16, 5)
        for column, entry in zip(columns, [value, slope, *rest]):
            column.append(entry)
    return columns


def scaled_erfc(x):
    return erfc(x) * exp(x * x)


def scaled_errors():
    rows = [None] * 32
    for binade in range(4):
        for eighth in range(8):
            lo, hi = (mpf(2) ** binade * (1 + mpf(k) / 8) - 1 for k in (eighth, eighth + 1))
            c, half = (lo + hi) / 2, (hi - lo) / 2
            row = interpolation(lambda d: scaled_erfc(c + d), -half, half, 7)
            rows[(24 + 8 * binade + eighth) % 32] = [c, *row]
    return list(zip(*rows))


def rest_of_scaled_erfc(u):
    x = (mpf("2.125") + mpf("3.75") * u) / (1 - u)
    return scaled_erfc(x) * (x + mpf("0.7")) - mpf("0.66")


def rest_of_arcsine(z):
    return (asin(sqrt(z)) - sqrt(z)) / sqrt(z) ** 3


def text(name, values, kind, per_line=4):
    """Lines "t0: f64 = ...; t1: f64 = ..."."""
    items = [f"{name}{i}: {kind} = {v}" for i, v in enumerate(values)]
    return "\n".join("; ".join(items[i : i + per_line]) for i in range(0, len(items), per_line))


def constant(name, comment, body):
    print(f"// {comment}\ninline constexpr std::string_view {name} =\n    R\"({body}\n)\";\n")


print("""// Tables in memory, made by memory_tables.py: do not edit.
#pragma once

#include <string_view>

namespace ulpforge::targets::scheme_text {
""")
for n in (64, 128, 256):
    constant(f"kPowers{n}", f"2^(i/{n})", text("t", powers(n), "i64", 3))
constant("kLostOfPowers128", "What 2^(i/128) lost", text("d", lost_of_powers(128), "f64", 3))
print("// Where the intervals of mantissas begin.")
print(f"inline constexpr std::string_view kMantissaOffset = \"mantissa_offset: i64 = {hex(OFFSET)}\\n\";\n")
for name, base in (("", mp.e), ("2", mpf(2)), ("10", mpf(10))):
    rows = logarithms(base)
    body = text("c", [hexadecimal(c) for c, _ in rows], "f64")
    body += "\n" + text("l", [hexadecimal(l) for _, l in rows], "f64", 3)
    constant(f"kMemoryLogarithms{name}", f"1/m, and log(m) to base {name or 'e'}", body)
for n in (256,):
    entries = [mpf(0) if i % (n // 2) == 0 else sin(2 * pi * i / n) for i in range(n)]
    constant(f"kSines{n}", f"sin(2 pi i / {n})", text("s", [hexadecimal(e) for e in entries], "f64", 3))
constant("kLostOfSines256", "What sin(2 pi i / 256) lost",
         text("d", [hexadecimal(e - mpf(float(e))) for e in entries], "f64", 3))
rows = arctangents()
body = text("c", [hexadecimal(c) for c, _ in rows], "f64")
body += "\n" + text("a", [hexadecimal(a) for _, a in rows], "f64", 3)
constant("kArctangents64", "c and atan c", body)
inverses, roots = cube_roots()
entries = [x for j in range(3) for x in roots[j]] + [mpf(1)] * 32
body = text("c", [hexadecimal(c) for c in inverses], "f64")
body += "\n" + text("t", [hex(pattern(float(x)) - (341 << 52)) for x in entries], "i64", 3)
constant("kCubeRoots", "1/m, and the cube roots of m, 2 m, 4 m", body)
body = "\n".join(text(f"e{k}_", [hexadecimal(e) for e in column], "f64", 3)
                 for k, column in enumerate(errors()))
constant("kErrors32", "erf at i/8, its derivative, and the coefficients of the rest", body)
columns = scaled_errors()
body = text("c", [hexadecimal(c) for c in columns[0]], "f64") + "\n"
body += "\n".join(text(f"e{k}_", [hexadecimal(e) for e in column], "f64", 3)
                  for k, column in enumerate(columns[1:]))
constant("kScaledErrors32", "c, and the coefficients of e^(x^2) erfc x next to it", body)
rest = interpolation(rest_of_scaled_erfc, mpf("-0.5667"), mpf("0.5759"), 20)
constant("kRestOfScaledErfc", "Coefficients of (x + 0.7) e^(x^2) erfc x - 0.66",
         text("f", [hexadecimal(f) for f in rest], "f64", 3))
rest = interpolation(rest_of_arcsine, mpf(0), mpf("0.25"), 14)
constant("kRestOfArcsine", "Coefficients of (asin r - r) / r^3 for r^2",
         text("f", [hexadecimal(f) for f in rest], "f64", 3))
print("}  // namespace ulpforge::targets::scheme_text")
