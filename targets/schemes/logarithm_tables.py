#!/usr/bin/env python3
"""Makes tables of logarithms like those of logarithm_tables.h, whose choice it follows.

    python3 targets/schemes/logarithm_tables.py log2           the entries, as the header has them
    python3 targets/schemes/logarithm_tables.py log2 --check   its costs beside those of the header

For each interval of the mantissa: of all floats c whose r = m c - 1 stay in the domain of the
kernel, the one of the least cost. The cost is the larger, of those at the interval's two ends, of
    (|l - log(1/c)| + |r| 2^-24) / ulp(log m),
which is l's error and the rounding of r in ULPs of the smallest result. Half to two thirds of the
header's entries come out like this; the others, whose choice weighed the rounding of log(1 + r) as
well, cost up to 0.15 ULP more. What both have to keep to is in
tests/targets/logarithm_tables_test.cpp. Needs the standard library alone.
"""
import argparse
import math
import pathlib
import re
import struct

# name: (table in the header, base, unit of l or None for any float, mantissas from 3/4 on)
TABLES = {
    "log2": ("kTableOfLog2", 2, 2.0**-16, False),
    "log": ("kTableOfLog", math.e, None, False),
    "log10": ("kTableOfLog10", 10, None, False),
    "log_exact": ("kExactTableOfLog", math.e, 2.0**-17, True),
    "log10_exact": ("kExactTableOfLog10", 10, 2.0**-18, True),
}
KERNEL = (-0.01563, 0.03126)  # kTabledDomain in table.cpp


def to_float(x):
    return struct.unpack("f", struct.pack("f", x))[0]


def ulp(y):
    return 2.0 ** (math.frexp(abs(y))[1] - 24)


def interval(k, centred):
    if centred and k >= 16:
        return 0.5 + k / 64, 0.5 + (k + 1) / 64
    return 1 + k / 32, 1 + (k + 1) / 32


class Interval:
    """One of the 32: its ends, and the logarithms there of the smallest results."""

    def __init__(self, k, base, unit, centred):
        self.lo, self.hi = interval(k, centred)
        self.base, self.unit = math.log(base), unit
        # From 3/2 on the smallest results are those of exponent -1.
        self.halved = self.lo >= 1.5
        self.log_2 = to_float(math.log(2) / self.base) if self.halved else 0.0
        ends = [math.log(m / 2 if self.halved else m) / self.base for m in (self.lo, self.hi)]
        self.ulps = [ulp(y) if y else math.inf for y in ends]

    def cost(self, c, l):
        log_of_inverse = -math.log(2 * c if self.halved else c) / self.base
        error = abs(l - self.log_2 - log_of_inverse)
        return max((error + abs(m * c - 1) * 2.0**-24) / u
                   for m, u in zip((self.lo, self.hi), self.ulps))

    def candidates(self):
        least = (1 + KERNEL[0]) / self.lo
        most = (1 + KERNEL[1]) / self.hi
        if self.unit:
            first = math.ceil(-math.log(most) / self.base / self.unit)
            last = math.floor(-math.log(least) / self.base / self.unit)
            for n in range(first, last + 1):
                yield to_float(math.exp(-n * self.unit * self.base)), n * self.unit
            return
        step = 2.0 ** (math.frexp(least)[1] - 24)
        c = to_float(least) + step
        while c < most:
            log_of_inverse = -math.log(2 * c if self.halved else c) / self.base
            yield c, to_float(log_of_inverse + self.log_2)
            c += step

    def best(self):
        """The entry of least cost; next to 1 the one that is exact."""
        if self.lo == 1 or self.hi == 1:
            return 1.0, 0.0
        if self.hi == 2:
            return 0.5, self.log_2
        return min(self.candidates(), key=lambda entry: self.cost(*entry))


def header_entries(table):
    text = (pathlib.Path(__file__).parent / "logarithm_tables.h").read_text()
    text = text[text.index(table + " ="):]
    text = text[:text.index(')";')]
    found = {name: float.fromhex(value)
             for name, value in re.findall(r"([cl]\d+) = (-?0x[0-9a-fp.+-]+)", text)}
    return [(found[f"c{k}"], found[f"l{k}"]) for k in range(32)]


def short_hex(x):
    return re.sub(r"\.?0*p", "p", x.hex())


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("table", choices=TABLES)
    parser.add_argument("--check", action="store_true", help="costs beside those of the header")
    request = parser.parse_args()
    table, base, unit, centred = TABLES[request.table]
    intervals = [Interval(k, base, unit, centred) for k in range(32)]
    entries = [each.best() for each in intervals]
    if not request.check:
        for name, which in (("c", 0), ("l", 1)):
            for k in range(0, 32, 4):
                print("; ".join(f"{name}{i} = {short_hex(entries[i][which])}"
                                for i in range(k, k + 4)))
        return
    theirs = header_entries(table)
    same = sum(mine == other for mine, other in zip(entries, theirs))
    for k, (each, mine, other) in enumerate(zip(intervals, entries, theirs)):
        if each.lo != 1 and 1 not in (each.hi, each.hi / 2):
            print(f"{k:2} {each.cost(*mine):.4f} here, {each.cost(*other):.4f} in the header"
                  f"{' (the same)' if mine == other else ''}")
    print(f"{same} of 32 entries are the same")


if __name__ == "__main__":
    main()
