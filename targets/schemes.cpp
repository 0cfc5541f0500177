// The table of range-reduction schemes. More than one for a target where it is not obvious which is
// better: a search chooses. Each holds for every float, special values included, unless its comment
// says otherwise; the constants are Cody-Waite splittings (Cody and Waite, "Software Manual for the
// Elementary Functions", 1980), the high part short enough for products with the exponent to be
// exact. A reduction gives r, a result takes k; what several schemes share is a piece of its own.
#include <algorithm>
#include <array>

#include "targets/scheme.h"

namespace ulpforge::targets {
namespace {

/// Pieces of text, one after the other.
template <const std::string_view&... parts>
struct Joined {
  static constexpr auto kText = [] {
    std::array<char, (parts.size() + ...)> text{};
    std::size_t at = 0;
    ((at = static_cast<std::size_t>(std::copy(parts.begin(), parts.end(), text.begin() + at) -
                                    text.begin())),
     ...);
    return text;
  }();
};
template <const std::string_view&... parts>
constexpr std::string_view joined{Joined<parts...>::kText.data(), Joined<parts...>::kText.size()};

constexpr std::string_view kInput = "input x: f32\n";

// ---- Results that several schemes share

// k 2^n by scalef: infinities, NaN, overflow and gradual underflow come right by themselves.
constexpr std::string_view kTimesPower = R"(k = kernel(r)
y = scalef(k, n)
return y
)";

// k 2^n by the bits of two factors, n = t - magic, so that underflow rounds once.
constexpr std::string_view kTimesPowerByBits = R"(k = kernel(r)
magic_bits: i32 = 0x4b400000
one: i32 = 1
bias: i32 = 127
width: i32 = 23
t_bits: i32 = bits(t)
m: i32 = t_bits - magic_bits
m1: i32 = shift_right(m, one)
m2: i32 = m - m1
b1: i32 = m1 + bias
b2: i32 = m2 + bias
s1_bits: i32 = shift_left(b1, width)
s2_bits: i32 = shift_left(b2, width)
s1 = from_bits(s1_bits)
s2 = from_bits(s2_bits)
y1 = k * s1
y = y1 * s2
return y
)";

// y1, which belongs to |x|, with the sign of x; NaN stays.
constexpr std::string_view kOddResult = R"(y2 = copysign(y1, x)
ordered: bool = equal(x, x)
y = select(ordered, y2, x)
return y
)";

// ---- 2^x = 2^n 2^r, n = round(x)

constexpr std::string_view kExp2Round = R"(n = rint(x)
r = x - n
)";
constexpr std::string_view kExp2Scalef = joined<kInput, kExp2Round, kTimesPower>;

// Magic-number rounding.
constexpr std::string_view kExp2Magic = R"(low = -152
high = 129
magic = 0x1.8p+23
x0 = max(low, x)
x1 = min(high, x0)
t = x1 + magic
n = t - magic
r = x1 - n
)";
constexpr std::string_view kExp2Insertion = joined<kInput, kExp2Magic, kTimesPowerByBits>;

// ---- e^x = 2^n e^r, n = round(x / ln 2)

// Far out r is noise, which may drive the kernel to an infinity of the wrong end: no kernel is
// larger than the largest float, nor is one negative that is any good.
constexpr std::string_view kExpScalef = R"(input x: f32
log2_e = 0x1.715476p+0
z = x * log2_e
n = rint(z)
minus_ln2_high = -0x1.62e4p-1
minus_ln2_low = -0x1.7f7d1cp-20
r1 = fma(n, minus_ln2_high, x)
r = fma(n, minus_ln2_low, r1)
k = kernel(r)
largest = 0x1.fffffep+127
k1 = min(largest, k)
y = scalef(k1, n)
return y
)";

// The same with the argument clamped to where the result is neither 0 nor infinite.
constexpr std::string_view kClampExp = R"(low = -105
high = 89
x0 = max(low, x)
x1 = min(high, x0)
)";

// r = x1 - n ln 2
constexpr std::string_view kReduceByLn2 = R"(log2_e = 0x1.715476p+0
z = x1 * log2_e
n = rint(z)
minus_ln2_high = -0x1.62e4p-1
minus_ln2_low = -0x1.7f7d1cp-20
r1 = fma(n, minus_ln2_high, x1)
r = fma(n, minus_ln2_low, r1)
)";
constexpr std::string_view kExpClamped = joined<kInput, kClampExp, kReduceByLn2, kTimesPower>;

// Reduced in base 2: r = x log2 e - n.
constexpr std::string_view kReduceToBase2 = R"(log2_e = 0x1.715476p+0
log2_e_low = 0x1.4ae0cp-26
z = x1 * log2_e
n = rint(z)
minus_n = neg(n)
r1 = fma(x1, log2_e, minus_n)
r = fma(x1, log2_e_low, r1)
)";
constexpr std::string_view kExpBase2 = joined<kInput, kClampExp, kReduceToBase2, kTimesPower>;

// Exponent insertion, as for 2^x.
constexpr std::string_view kExpMagic = R"(low = -105
high = 89
magic = 0x1.8p+23
x0 = max(low, x)
x1 = min(high, x0)
log2_e = 0x1.715476p+0
t = fma(x1, log2_e, magic)
n = t - magic
minus_ln2_high = -0x1.62e4p-1
minus_ln2_low = -0x1.7f7d1cp-20
r1 = fma(n, minus_ln2_high, x1)
r = fma(n, minus_ln2_low, r1)
)";
constexpr std::string_view kExpInsertion = joined<kInput, kExpMagic, kTimesPowerByBits>;

// ---- 10^x = 2^n 10^r, n = round(x log2 10)

constexpr std::string_view kClampExp10 = R"(low = -46
high = 39
x0 = max(low, x)
x1 = min(high, x0)
)";

constexpr std::string_view kReduceByLog10Of2 = R"(log2_10 = 0x1.a934fp+1
z = x1 * log2_10
n = rint(z)
minus_log10_2_high = -0x1.344p-2
minus_log10_2_low = -0x1.3509f8p-18
r1 = fma(n, minus_log10_2_high, x1)
r = fma(n, minus_log10_2_low, r1)
)";
constexpr std::string_view kExp10Clamped = joined<kInput, kClampExp10, kReduceByLog10Of2, kTimesPower>;

constexpr std::string_view kReduce10ToBase2 = R"(log2_10 = 0x1.a934fp+1
log2_10_low = 0x1.2f346ep-24
z = x1 * log2_10
n = rint(z)
minus_n = neg(n)
r1 = fma(x1, log2_10, minus_n)
r = fma(x1, log2_10_low, r1)
)";
constexpr std::string_view kExp10Base2 = joined<kInput, kClampExp10, kReduce10ToBase2, kTimesPower>;

// ---- e^x - 1 = 2 (2^(n-1) (e^r - 1) + (2^(n-1) - 1/2)), e^r - 1 = r + r^2 k: halved, so that the
// scale of the largest results is finite. Where n is 0 the result is that of the kernel alone.
constexpr std::string_view kClampExpm1 = R"(low = -20
high = 89
x0 = max(low, x)
x1 = min(high, x0)
)";

constexpr std::string_view kExpm1Result = R"(k = kernel(r)
r2 = r * r
p = fma(r2, k, r)
one = 1
half = 0.5
n1 = n - one
s = scalef(one, n1)
s1 = s - half
y1 = fma(s, p, s1)
y2 = y1 + y1
zero = 0
is_zero: bool = equal(n, zero)
y3 = select(is_zero, p, y2)
size = fabs(x)
tiny = 0x1p-25
is_tiny: bool = less(size, tiny)
y = select(is_tiny, x, y3)
return y
)";
constexpr std::string_view kExpm1 = joined<kInput, kClampExpm1, kReduceByLn2, kExpm1Result>;

// ---- log(2^e m) = e log 2 + log(1 + r), r = m - 1

// m in [3/4, 3/2): one binade less from 3/2 on, which the exponent of m tells.
constexpr std::string_view kSplitCentred = R"(e1 = getexp(x)
m = getmant_centred(x)
e2 = getexp(m)
e = e1 - e2
one = 1
r = m - one
)";

constexpr std::string_view kLogResult = R"(k = kernel(r)
r2 = r * r
p = fma(r2, k, r)
ln2 = 0x1.62e43p-1
y = fma(e, ln2, p)
return y
)";
constexpr std::string_view kLogCentred = joined<kInput, kSplitCentred, kLogResult>;

// m around sqrt 1/2 to sqrt 2.
constexpr std::string_view kSplitSqrt2 = R"(e1 = getexp(x)
m1 = getmant(x)
sqrt2 = 0x1.6a09e6p+0
half = 0.5
one = 1
big: bool = less(sqrt2, m1)
m2 = m1 * half
e2 = e1 + one
m = select(big, m2, m1)
e = select(big, e2, e1)
r = m - one
)";
constexpr std::string_view kLogSqrt2 = joined<kInput, kSplitSqrt2, kLogResult>;

// The split by integer arithmetic, for hosts without getexp: subnormal arguments are scaled, and
// special values put right at the end.
constexpr std::string_view kLogBits = R"(input x: f32
least = 0x1p-126
scale = 0x1p23
tiny: bool = less(x, least)
x1 = x * scale
x2 = select(tiny, x1, x)
minus_width = -23
zero = 0
e0 = select(tiny, minus_width, zero)
sqrt_half_bits: i32 = 0x3f3504f3
width: i32 = 23
mantissa: i32 = 0x7fffff
x_bits: i32 = bits(x2)
i: i32 = x_bits - sqrt_half_bits
e_int: i32 = shift_right(i, width)
e_float = from_integer(e_int)
e = e_float + e0
low_bits: i32 = bit_and(i, mantissa)
m_bits: i32 = low_bits + sqrt_half_bits
m = from_bits(m_bits)
one = 1
r = m - one
k = kernel(r)
r2 = r * r
p = fma(r2, k, r)
ln2 = 0x1.62e43p-1
y1 = fma(e, ln2, p)
infinity = inf
minus_infinity = -inf
not_a_number = nan
finite: bool = less(x, infinity)
y2 = select(finite, y1, x)
positive: bool = less(zero, x)
is_zero: bool = equal(x, zero)
y3 = select(is_zero, minus_infinity, not_a_number)
y4 = select(positive, y2, y3)
nothing: bool = equal(x, x)
y = select(nothing, y4, x)
return y
)";

// ---- log2(2^e m) = e + (r + r k)

constexpr std::string_view kLog2Result = R"(k = kernel(r)
p = fma(r, k, r)
y = e + p
return y
)";
constexpr std::string_view kLog2Sqrt2 = joined<kInput, kSplitSqrt2, kLog2Result>;

constexpr std::string_view kLog2Centred = joined<kInput, kSplitCentred, kLog2Result>;

// e + r first, its rounding error kept (Dekker's fast two-sum) and added with the small part; a NaN
// from an infinite exponent is taken away from that error.
constexpr std::string_view kCompensatedResult = R"(t = e + r
t1 = t - e
error = r - t1
error1 = min(error, one)
k = kernel(r)
small = fma(r, k, error1)
y = t + small
return y
)";
constexpr std::string_view kLog2Compensated = joined<kInput, kSplitCentred, kCompensatedResult>;

// ---- log10(2^e m) = e log10 2 + (r c + r k), c = log10 e to eight bits

constexpr std::string_view kLog10Result = R"(k = kernel(r)
log10_2_low = 0x1.3509f8p-18
log10_2_high = 0x1.344p-2
rest = e * log10_2_low
small = fma(r, k, rest)
c = 0x1.bcp-2
main = r * c
error_of_main = neg(main)
error = fma(r, c, error_of_main)
small1 = small + error
t = fma(e, log10_2_high, main)
y = t + small1
return y
)";
constexpr std::string_view kLog10Centred = joined<kInput, kSplitCentred, kLog10Result>;

// ---- log(1 + x): the rounding error of 1 + x, scaled with it, joins r.

constexpr std::string_view kLog1p = R"(input x: f32
one = 1
u = x + one
u1 = u - one
lost = x - u1
e1 = getexp(u)
m = getmant_centred(u)
e2 = getexp(m)
e = e1 - e2
minus_e = neg(e)
lost1 = scalef(lost, minus_e)
r0 = m - one
r = r0 + lost1
k = kernel(r)
r2 = r * r
p = fma(r2, k, r)
ln2 = 0x1.62e43p-1
y1 = fma(e, ln2, p)
size = fabs(x)
tiny = 0x1p-25
is_tiny: bool = less(size, tiny)
y2 = select(is_tiny, x, y1)
infinity = inf
is_infinite: bool = equal(x, infinity)
y3 = select(is_infinite, x, y2)
pole = -1
minus_infinity = -inf
at_pole: bool = equal(x, pole)
y = select(at_pole, minus_infinity, y3)
return y
)";

// ---- sin, cos (and tan below): reduced by pi in double, n = round(x / pi); good to |x| < 2^20, for
// larger arguments the multiple of pi in two doubles is too coarse.

constexpr std::string_view kReduceSin = R"(wide: f64 = widen(x)
one_over_pi: f64 = 0x1.45f306dc9c883p-2
minus_pi_high: f64 = -0x1.921fb54p+1
minus_pi_low: f64 = -0x1.10b4611a62633p-29
z: f64 = wide * one_over_pi
n: f64 = rint(z)
r1: f64 = fma(n, minus_pi_high, wide)
r2: f64 = fma(n, minus_pi_low, r1)
)";

// r + r^3 k
constexpr std::string_view kOddKernel = R"(r = narrow(r2)
k = kernel(r)
square = r * r
cube = r * square
p = fma(cube, k, r)
)";

// p, negative for odd n
constexpr std::string_view kSignOfParity = R"(n_int: i64 = round_to_integer(n)
n_low: i32 = wrap(n_int)
width: i32 = 31
sign: i32 = shift_left(n_low, width)
p_bits: i32 = bits(p)
y_bits: i32 = bit_xor(p_bits, sign)
y = from_bits(y_bits)
)";

// -0 stays.
constexpr std::string_view kSelfAtZero = R"(zero = 0
is_zero: bool = equal(x, zero)
y1 = select(is_zero, x, y)
return y1
)";
constexpr std::string_view kSin = joined<kInput, kReduceSin, kOddKernel, kSignOfParity, kSelfAtZero>;

constexpr std::string_view kReduceCos = R"(wide: f64 = widen(x)
one_over_pi: f64 = 0x1.45f306dc9c883p-2
half: f64 = 0.5
minus_pi_high: f64 = -0x1.921fb54p+1
minus_pi_low: f64 = -0x1.10b4611a62633p-29
z: f64 = fma(wide, one_over_pi, half)
n: f64 = rint(z)
n_half: f64 = n - half
r1: f64 = fma(n_half, minus_pi_high, wide)
r2: f64 = fma(n_half, minus_pi_low, r1)
)";
constexpr std::string_view kReturn = "return y\n";
constexpr std::string_view kCos = joined<kInput, kReduceCos, kOddKernel, kSignOfParity, kReturn>;

// ---- sigmoid(x) = 1 / (1 + e) for x >= 0 and e / (1 + e) below, e = e^-|x|

constexpr std::string_view kMinusSize = R"(size = fabs(x)
low = -105
minus_size = neg(size)
x1 = max(low, minus_size)
)";

constexpr std::string_view kSigmoidResult = R"(k = kernel(r)
e = scalef(k, n)
zero = 0
one = 1
negative: bool = less(x, zero)
a = select(negative, e, one)
d = e + one
y = a / d
return y
)";
constexpr std::string_view kSigmoid = joined<kInput, kMinusSize, kReduceByLn2, kSigmoidResult>;

// ---- tanh(x) = (e^2x - 1) / (e^2x - 1 + 2), e^2x - 1 by the scheme of expm1, sign put back

constexpr std::string_view kTwiceSize = R"(size = fabs(x)
high = 9.1
size1 = min(high, size)
x1 = size1 + size1
)";

constexpr std::string_view kTanhQuotient = R"(k = kernel(r)
r2 = r * r
p = fma(r2, k, r)
one = 1
two = 2
s = scalef(one, n)
s1 = s - one
q = fma(s, p, s1)
d = q + two
y0 = q / d
tiny = 0x1p-12
is_tiny: bool = less(size, tiny)
y1 = select(is_tiny, size, y0)
)";
constexpr std::string_view kTanh = joined<kInput, kTwiceSize, kReduceByLn2, kTanhQuotient, kOddResult>;

// ---- tanh, erf: odd and 1 far out. The kernel is the function itself up to there (interval tables
// are made for that); next to 0 the linear term.

constexpr std::string_view kTanhItself = R"(size = fabs(x)
high = 10
size1 = min(high, size)
k = kernel(size1)
tiny = 0x1p-12
is_tiny: bool = less(size, tiny)
y1 = select(is_tiny, size, k)
)";
constexpr std::string_view kTanhSaturated = joined<kInput, kTanhItself, kOddResult>;

constexpr std::string_view kErfItself = R"(size = fabs(x)
high = 4
size1 = min(high, size)
k = kernel(size1)
slope = 0x1.20dd76p+0
slope_low = -0x1.f7ac92p-25
rest = size * slope_low
linear = fma(size, slope, rest)
tiny = 0x1p-12
is_tiny: bool = less(size, tiny)
y1 = select(is_tiny, linear, k)
)";
constexpr std::string_view kErfSaturated = joined<kInput, kErfItself, kOddResult>;

// ---- tan: reduced by pi/2 in double like sin; -1 / tan(r) for odd n

constexpr std::string_view kReduceTan = R"(wide: f64 = widen(x)
two_over_pi: f64 = 0x1.45f306dc9c883p-1
minus_half_pi_high: f64 = -0x1.921fb54p+0
minus_half_pi_low: f64 = -0x1.10b4611a62633p-30
z: f64 = wide * two_over_pi
n: f64 = rint(z)
r1: f64 = fma(n, minus_half_pi_high, wide)
r2: f64 = fma(n, minus_half_pi_low, r1)
)";

constexpr std::string_view kQuotientOfParity = R"(minus_one = -1
q = minus_one / p
n_int: i64 = round_to_integer(n)
n_low: i32 = wrap(n_int)
one: i32 = 1
odd_bit: i32 = bit_and(n_low, one)
odd: bool = equal(odd_bit, one)
y = select(odd, q, p)
)";
constexpr std::string_view kTan = joined<kInput, kReduceTan, kOddKernel, kQuotientOfParity, kSelfAtZero>;

// clang-format off
constexpr std::array kSchemes = {
  //        target     name            kernel                    domain             weight                text
  SchemeRow{"exp2",    "scalef",       "exp2(x)",                "-0.5,0.5",        "exp2(-x)",           kExp2Scalef},
  SchemeRow{"exp2",    "insertion",    "exp2(x)",                "-0.5,0.5",        "exp2(-x)",           kExp2Insertion},
  SchemeRow{"exp",     "scalef",       "exp(x)",                 "-0.3466,0.3466",  "exp(-x)",            kExpScalef},
  SchemeRow{"exp",     "clamped",      "exp(x)",                 "-0.3466,0.3466",  "exp(-x)",            kExpClamped},
  SchemeRow{"exp",     "base2",        "exp2(x)",                "-0.5,0.5",        "exp2(-x)",           kExpBase2},
  SchemeRow{"exp",     "insertion",    "exp(x)",                 "-0.3466,0.3466",  "exp(-x)",            kExpInsertion},
  SchemeRow{"exp10",   "clamped",      "exp10(x)",               "-0.1506,0.1506",  "exp10(-x)",          kExp10Clamped},
  SchemeRow{"exp10",   "base2",        "exp2(x)",                "-0.5,0.5",        "exp2(-x)",           kExp10Base2},
  SchemeRow{"expm1",   "halved",       "(expm1(x)-x)/x^2",       "-0.3466,0.3466",  "x^2/expm1(x)",       kExpm1},
  SchemeRow{"log",     "centred",      "(log1p(x)-x)/x^2",       "-0.25,0.5",       "x^2/log1p(x)",       kLogCentred},
  SchemeRow{"log",     "sqrt2",        "(log1p(x)-x)/x^2",       "-0.2929,0.4143",  "x^2/log1p(x)",       kLogSqrt2},
  SchemeRow{"log",     "bits",         "(log1p(x)-x)/x^2",       "-0.2929,0.4143",  "x^2/log1p(x)",       kLogBits},
  SchemeRow{"log2",    "sqrt2",        "log1p(x)/log(2)/x-1",    "-0.2929,0.4143",  "x/log1p(x)*log(2)",  kLog2Sqrt2},
  SchemeRow{"log2",    "centred",      "log1p(x)/log(2)/x-1",    "-0.25,0.5",       "x/log1p(x)*log(2)",  kLog2Centred},
  SchemeRow{"log2",    "compensated",  "log1p(x)/log(2)/x-1",    "-0.25,0.5",       "x/log1p(x)*log(2)",  kLog2Compensated},
  SchemeRow{"log10",   "centred",      "log1p(x)/log(10)/x-0x1.bcp-2", "-0.25,0.5", "x/log1p(x)*log(10)", kLog10Centred},
  SchemeRow{"log1p",   "centred",      "(log1p(x)-x)/x^2",       "-0.25,0.5",       "x^2/log1p(x)",       kLog1p},
  SchemeRow{"sin",     "half_turns",   "(sin(x)-x)/x^3",         "-1.5708,1.5708",  "x^3/sin(x)",         kSin},
  SchemeRow{"cos",     "half_turns",   "(sin(x)-x)/x^3",         "-1.5708,1.5708",  "x^3/sin(x)",         kCos},
  SchemeRow{"tan",     "half_pi",      "(tan(x)-x)/x^3",         "-0.7854,0.7854",  "x^3/tan(x)",         kTan},
  SchemeRow{"sigmoid", "exp",          "exp(x)",                 "-0.3466,0.3466",  "exp(-x)",            kSigmoid},
  SchemeRow{"tanh",    "expm1",        "(expm1(x)-x)/x^2",       "-0.3466,0.3466",  "x^2/expm1(x)",       kTanh},
  SchemeRow{"tanh",    "saturated",    "tanh(x)",                "0,10",            "1/tanh(x)",          kTanhSaturated},
  SchemeRow{"erf",     "saturated",    "erf(x)",                 "0,4",             "1/erf(x)",           kErfSaturated},
};
// clang-format on

}  // namespace

std::span<const SchemeRow> scheme_table() { return kSchemes; }

}  // namespace ulpforge::targets
