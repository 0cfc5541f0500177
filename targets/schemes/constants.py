#!/usr/bin/env python3
"""Computes the constants of the range-reduction schemes again and prints them by name.

    python3 targets/schemes/constants.py            each with its definition
    python3 targets/schemes/constants.py --check    says which constants in these headers differ
    python3 targets/schemes/constants.py --starts   the best starts of Newton's steps for roots

Needs mpmath (Debian package python3-mpmath). The names are those in the texts of the schemes; what
has several types, or differs between schemes, has several lines. Tables have
programs of their own, logarithm_tables.py and memory_tables.py.
"""
import argparse
import pathlib
import re
import struct

from mpmath import atan, cos, cosh, exp, factorial, floor, frexp, log, lu_solve, matrix, mp, mpf, nint
from mpmath import pi, sin, sqrt

mp.prec = 400


def rounded(x, bits, to_integer=nint):
    """x as a number of that many significant bits, to nearest or towards zero (floor)."""
    mantissa, exponent = frexp(abs(x))
    size = to_integer(mantissa * mpf(2) ** bits) * mpf(2) ** (exponent - bits)
    return size if x >= 0 else -size


class Constants:
    """All of them: name, type, value and what it is, in the order of the headers."""

    def __init__(self):
        self.rows = []

    def add(self, name, kind, value, meaning, signs=(1,)):
        for sign in signs:
            self.rows.append((f"minus_{name}" if sign < 0 else name, kind, sign * value, meaning))

    def number(self, name, kind, x, meaning, signs=(1,)):
        """The nearest number of the type."""
        self.add(name, kind, rounded(x, 24 if kind == "f32" else 53), meaning, signs)

    def split(self, names, kind, x, bits, meaning, signs=(1,), first=nint):
        """x in parts, each of so many bits, the last as many as the type has (Cody and Waite)."""
        rest = x
        for name, size in zip(names, bits):
            part = rounded(rest, size, first)
            self.add(name, kind, part, f"{meaning}, {size} bits of what is left", signs)
            rest -= part
        self.number(names[-1], kind, rest, f"{meaning}, the rest", signs)


def minimax(f, degree, weight, lo, hi, grid=300, rounds=12):
    """Coefficients of the polynomial of least weighted error on [lo, hi]: Remez's exchange."""
    size = degree + 2
    middle, half = (lo + hi) / 2, (hi - lo) / 2
    nodes = [middle - half * cos(pi * (2 * k + 1) / (2 * size)) for k in range(size)]
    points = [middle - half * cos(pi * k / grid) for k in range(grid + 1)]
    for _ in range(rounds):
        system, right = matrix(size, size), matrix(size, 1)
        for i, x in enumerate(nodes):
            for j in range(degree + 1):
                system[i, j] = x**j * weight(x)
            system[i, degree + 1] = (-1) ** i
            right[i] = f(x) * weight(x)
        solution = lu_solve(system, right)
        c = [solution[j] for j in range(degree + 1)]
        error = [(f(x) - sum(cj * x**j for j, cj in enumerate(c))) * weight(x) for x in points]
        peaks = []
        for k, e in enumerate(error):
            if peaks and (e > 0) == (error[peaks[-1]] > 0):
                if abs(e) > abs(error[peaks[-1]]):
                    peaks[-1] = k
            else:
                peaks.append(k)
        while len(peaks) > size:
            peaks.pop(0 if abs(error[peaks[0]]) < abs(error[peaks[-1]]) else -1)
        if len(peaks) < size:
            break
        nodes = [vertex(points, error, k) for k in peaks]
    return c


def vertex(x, y, k):
    """The vertex of the parabola through points k - 1, k and k + 1."""
    if k in (0, len(x) - 1):
        return x[k]
    left = (x[k] - x[k - 1]) * (y[k] - y[k + 1])
    right = (x[k] - x[k + 1]) * (y[k] - y[k - 1])
    if left == right:
        return x[k]
    return x[k] - ((x[k] - x[k - 1]) * left - (x[k] - x[k + 1]) * right) / (2 * (left - right))


def exponentials(out):
    ln2, log2_10, log10_2 = log(2), log(10) / log(2), log(2) / log(10)
    out.number("log2_e", "f32", 1 / ln2, "log2 e", (1, -1))
    out.number("log2_e_low", "f32", 1 / ln2 - rounded(1 / ln2, 24), "log2 e less that float")
    out.split(["ln2_high", "ln2_low"], "f32", ln2, [15], "log 2", (1, -1))
    out.number("log2_10", "f32", log2_10, "log2 10")
    out.number("log2_10_low", "f32", log2_10 - rounded(log2_10, 24), "log2 10 less that float")
    out.split(["log10_2_high", "log10_2_low"], "f32", log10_2, [11], "log10 2", (1, -1))
    for per_unit, period, meaning in ((1 / ln2, ln2, "log 2"), (log2_10, log10_2, "log10 2")):
        out.number("per_unit", "f64", per_unit, f"1 / {meaning}")
        out.split(["high", "low"], "f64", period, [42], meaning, (-1,))
    out.number("log2_e", "f64", 1 / ln2, "log2 e", (-1,))
    out.number("ln2", "f64", ln2, "log 2", (-1,))


def logarithms(out):
    ln2, log10_2, log10_e = log(2), log(2) / log(10), 1 / log(10)
    out.number("ln2", "f32", ln2, "log 2")
    out.number("log10_2", "f32", log10_2, "log10 2")
    out.number("log10_e", "f32", log10_e, "log10 e")
    out.add("c", "f32", rounded(log10_e, 8), "log10 e to 8 bits")
    out.number("sqrt2", "f32", sqrt(2), "the root of 2")
    root = rounded(sqrt(mpf(1) / 2), 24)
    out.add("sqrt_half_bits", "i32", 0x3F000000 + (root - mpf(1) / 2) * 2**24,
            "bits of the float next to the root of 1/2")
    out.number("log_of_2", "f64", ln2, "log 2")
    out.number("log_of_2", "f64", log10_2, "log10 2")
    out.number("ln2", "f64", ln2, "log 2")
    out.number("half_ln2", "f64", ln2 / 2, "log 2 / 2")
    out.split(["ln2_high", "ln2_low"], "f64", ln2, [42], "log 2")
    out.split(["half_ln2_high", "half_ln2_low"], "f64", ln2 / 2, [42], "log 2 / 2")
    out.split(["log10_2_high", "log10_2_low"], "f64", log10_2, [42], "log10 2")


def angles(out):
    for k in range(1, 11):
        piece = floor(2 / pi * mpf(2) ** (24 * k)) - floor(2 / pi * mpf(2) ** (24 * k - 24)) * 2**24
        out.add(f"piece{k}", "f32", piece, f"bits {24 * k - 23} to {24 * k} of 2 / pi")
    for turn, name, inverse in ((pi / 2, "half_pi", "two_over_pi"), (pi, "pi", "one_over_pi")):
        for kind, bits in (("f32", [24, 11]), ("f64", [53])):
            out.number(inverse, kind, 1 / turn, f"1 / {name}")
            parts = [f"part{k + 1}" for k in range(len(bits) + 1)]
            signs = (1, -1)
            out.split(parts, kind, turn, bits, name, signs, floor)
            out.split([name, f"{name}_low"], kind, turn, [24 if kind == "f32" else 53], name, signs)
    out.number("pi_high", "f32", pi, "pi")
    for name, x in (("third", 1), ("two_thirds", 2), ("four_thirds", 4)):
        out.number(name, "f32", mpf(x) / 3, f"{x} / 3", (1, -1))


def polynomials(out):
    # Taylor's in double: e^r, cosh r and 2 atanh s.
    for k in range(3, 14):
        out.number(f"e{k}", "f64", 1 / factorial(k), f"1 / {k}!")
    for k in range(4, 13, 2):
        out.number(f"c{k}", "f64", 1 / factorial(k), f"1 / {k}!")
    for k in range(3, 36, 2):
        out.number(f"t{k}", "f64", mpf(1) / k, f"1 / {k}")
    # Minimax ones. Those of floats have their first coefficients replaced by 1, 1, 1/2.
    meaning = "minimax, of e^r, relative error, |r| <= 0.3466"
    end = mpf("0.3466")
    for k, c in enumerate(minimax(exp, 6, lambda r: exp(-r), -end, end)):
        if k > 2:
            out.number(f"e{k}", "f32", c, meaning)
    meaning = "minimax, of (cosh r - 1) / r^2 in z = r^2, weight z, z <= 0.1202"
    rest = lambda z: mpf(1) / 2 + z / 24 if z < mpf(10) ** -16 else (cosh(sqrt(z)) - 1) / z
    for k, c in enumerate(minimax(rest, 2, lambda z: z, mpf(0), mpf("0.1202"))):
        if k > 0:
            out.number(f"c{2 * k + 2}", "f32", c, meaning)
    meaning = "minimax, of 2^r, relative error, |r| <= 1/2; equal to 2^-28"
    power = lambda r: mpf(2) ** r
    for k, c in enumerate(minimax(power, 6, lambda r: 1 / power(r), -mpf(1) / 2, mpf(1) / 2)):
        out.number(f"e{k}", "f64", c, meaning)
    out.number("slope", "f64", rounded(2 / sqrt(pi), 24), "2 / sqrt pi to 24 bits")


def newton_start(root, steps=2, points=2000):
    """The number a for which Newton's steps for r^(-1/root), from the float whose bits are
    a - bits(r) / root, end with the least relative error, and that error: a function of it too."""
    bits = lambda x: struct.unpack("<i", struct.pack("<f", x))[0]
    number = lambda i: struct.unpack("<f", struct.pack("<i", i))[0]
    # Root binades, from where the scheme's r begins.
    samples = [number(bits((1.0 if root == 2 else 0.5) * 2 ** (root * k / points)))
               for k in range(points)]

    def error(a):
        worst = 0
        for r in samples:
            z = number(round(a - bits(r) / root))
            for _ in range(steps):
                z *= (root + 1 - r * z**root) / root
            worst = max(worst, abs(z * r ** (1 / root) - 1))
        return worst

    lo, hi = 0x54800000 if root == 3 else 0x5F000000, 0x54C00000 if root == 3 else 0x5F800000
    while hi - lo > 64:
        a, b = lo + (hi - lo) // 3, hi - (hi - lo) // 3
        lo, hi = (lo, b) if error(a) < error(b) else (a, hi)
    return (lo + hi) // 2, error


def missing_of_start(a, points=30000):
    """The least and largest 1 - r z^3, z the float of 12 bits next to a - bits(r) / 3."""
    bits = lambda x: struct.unpack("<i", struct.pack("<f", x))[0]
    number = lambda i: struct.unpack("<f", struct.pack("<i", i))[0]
    rests = []
    for k in range(points):
        r = number(bits(2 ** (3 * k / points)))
        rests.append(1 - r * number(round(a - bits(r) / 3) & -0x1000) ** 3)
    return min(rests), max(rests)


def memory(out):
    for steps, base, meaning in ((64, mp.e, "64 log2 e"), (128, mp.e, "128 log2 e"),
                                 (256, mp.e, "256 log2 e"), (128, mpf(10), "128 log2 10")):
        out.split(["unit_high", "unit_low"], "f64", steps * log(base) / log(2), [29], meaning)
    out.number("per_turn", "f64", 128 / pi, "128 / pi")
    out.number("slope", "f64", (1 - mpf(2) ** -28) / 4, "a little below 1/4")
    out.split(["turn_high", "turn_low"], "f64", pi / 128, [33], "pi / 128", (-1,))
    end = (pi / 256 * (1 + mpf(2) ** -20)) ** 2
    rest = lambda z: (sin(sqrt(z)) - sqrt(z)) / sqrt(z) ** 3
    fitted = minimax(rest, 1, lambda z: z, mpf(2) ** -60, end)
    for name, c in zip(("minus_sixth", "q1"), fitted):
        out.number(name, "f64", c, "minimax, of (sin r - r) / r^3 in z = r^2, weight z, r <= pi/256")


def memory_again(out):
    """Of the schemes that compute again what is close to a middle."""
    for base, meaning in ((2, "1 / log 2"), (10, "1 / log 10")):
        out.split(["log_unit_high", "log_unit_low"], "f64", 1 / log(base), [29], meaning)
    out.add("near_offset", "i32", mpf(0x3F800000 - 76 * 2**16 - 2**15),
            "bits of 1 in the middle of an interval of mantissas")
    for base, meaning in ((mp.e, "128 log2 e"), (mpf(10), "128 log2 10")):
        out.number("near_unit", "f64", 128 * log(base) / log(2), meaning, (1, -1))
    out.number("log_of_step", "f64", log(2) / 128, "log 2 / 128")
    out.number("log_of_step", "f64", log(2), "log 2")
    out.split(["step_high", "step_low"], "f64", log(2) / 128, [38], "log 2 / 128", (-1,))
    head = rounded(pi / 2, 24)
    out.add("half_pi_head", "f64", head, "half_pi to 24 bits")
    out.add("half_pi_tail", "f64", rounded(pi / 2 - head, 25), "half_pi, 25 bits of what is left")
    double_pi = rounded(pi, 53)
    bits = struct.unpack("<q", struct.pack("<d", float(double_pi)))[0]
    out.add("pi_bits", "i64", mpf(bits), "bits of the double next to pi")
    out.number("low_of_pi", "f64", (pi - double_pi) / pi, "what that double lacks, in parts of pi")
    last = atan(mpf(2) ** 40)
    out.number("last_lost", "f64", last - rounded(last, 53), "atan 2^40 less the double next to it")
    out.add("last", "f32", rounded(mpf("3.93"), 9), "3.93 to 9 bits")
    slope = 2 / sqrt(pi)
    out.number("slope", "f64", slope, "2 / sqrt pi")
    out.number("slope_lost", "f64", slope - rounded(slope, 53), "2 / sqrt pi less that double")
    out.number("rest_main", "f64", mpf("0.66"), "0.66")
    out.number("shift", "f64", mpf("0.7"), "0.7")
    # Taylor's: of logarithms, asinh x / x and atanh x / x in x^2, e^r, sin and cos, tan, and erf.
    for k in range(3, 16):
        out.number(f"over{k}", "f64", mpf(1) / k, f"1 / {k}", (1, -1))
    for k in range(1, 5):
        binomial = factorial(2 * k) / (4**k * factorial(k) ** 2)
        out.number(f"x_c{k}", "f64", (-1) ** k * binomial / (2 * k + 1), f"of asinh x, x^{2 * k + 1}")
    for k in range(1, 5):
        out.number(f"x_c{k}", "f64", mpf(1) / (2 * k + 1), f"of atanh x, x^{2 * k + 1}")
    for k in range(3, 7):
        out.number(f"e{k}_of_power", "f64", 1 / factorial(k), f"1 / {k}!")
    for k in (4, 6):
        out.number(f"g{k}", "f64", 1 / factorial(k), f"1 / {k}!", (1, -1))
    for k in (3, 7):
        out.number(f"e{k}", "f64", 1 / factorial(k), f"1 / {k}!", (-1,))
    out.number("third", "f64", mpf(1) / 3, "of tan x, x^3")
    for k, numerator, denominator in ((2, 2, 15), (3, 17, 315), (4, 62, 2835)):
        out.number(f"tan_c{k}", "f64", mpf(numerator) / denominator, f"of tan x, x^{2 * k + 1}")
    for k in range(1, 14):
        out.number(f"g{k}", "f64", mpf(-1) ** k / (factorial(k) * (2 * k + 1)),
                   f"of erf x sqrt(pi) / 2, x^{2 * k + 1}")


def all_constants():
    out = Constants()
    for group in (exponentials, logarithms, angles, polynomials, memory, memory_again):
        group(out)
    return out.rows


def spelling(kind, value):
    return hex(int(value)) if kind in ("i32", "i64") else float(value).hex()


def check(rows):
    """Compares every constant of more than 8 bits but those that are chosen, not computed."""
    chosen = {"shifter", "shifter_bits", "largest", "mantissa", "last_normal", "magic",
              "minus_slope", "below_half", "size_mask", "below_sign", "limit_bits", "minus_middle",
              "below_float", "minus_near_middle", "below_near_float", "one_bits", "high_bits"}
    line = re.compile(r"(\w+)(?:: (\w+))? = (-?0x[0-9a-f.]+(?:p[-+]?\d+)?)\b")
    wrong = seen = 0
    for header in sorted(pathlib.Path(__file__).parent.glob("*.h")):
        if header.name in ("logarithm_tables.h", "memory_tables.h"):
            continue
        for name, kind, text in line.findall(header.read_text()):
            kind = kind or "f32"
            value = mpf(int(text, 16)) if "p" not in text else mpf(float.fromhex(text))
            bits = int(frexp(abs(value))[0] * mpf(2) ** 60) if value else 0
            if bits % 2**52 == 0 or name in chosen:
                continue
            seen += 1
            close = mpf(2) ** -28 if re.fullmatch("e[0-6]", name) and kind == "f64" else 0
            known = [v for n, k, v, _ in rows if (n, k) == (name, kind)]
            if not any(abs(v - value) <= close * abs(value) for v in known):
                wrong += 1
                print(f"{header.name}: {name} = {text} is not {[spelling(kind, v) for v in known]}")
    print(f"{seen} constants, {wrong} of them not as computed")
    return wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare with the headers beside this")
    parser.add_argument("--starts", action="store_true", help="the starts of Newton's steps")
    if parser.parse_args().starts:
        for root, chosen in ((2, 0x5F3759DF), (3, 0x54A2FA80)):
            best, error = newton_start(root)
            print(f"r^(-1/{root}): {best:#x} with {error(best):.2g}, "
                  f"{chosen:#x} in root.h with {error(chosen):.2g}")
        least, most = missing_of_start(0x54A20000)
        print(f"r^(-1/3) without Newton's steps: 0x54a20000 in root.h leaves {least:.4f} to {most:.4f}")
        return
    rows = all_constants()
    if parser.parse_args().check:
        raise SystemExit(check(rows) > 0)
    for name, kind, value, meaning in rows:
        print(f"{name:18} {kind} {spelling(kind, value):26} {meaning}")


if __name__ == "__main__":
    main()
