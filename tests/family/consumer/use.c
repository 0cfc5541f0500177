/* Floats: scalars, arrays and a loop over scalars, which gcc turns into vector calls, have to agree with the C
 * library, within the promised ULP and half an ULP of its own; and with each other, unless an argument
 * says that forms have programs of their own. bfloat16: every pattern, rounded correctly. */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <ufmath.h>

enum { count = 1003 };

void loop(const float* restrict x, float* restrict y, int n);
void loop(const float* restrict x, float* restrict y, int n) {
  for (int i = 0; i < n; ++i) y[i] = uf_exp2f(x[i]);
}

static int wrong(float y, double exact) {
  return exact > 0x1p-126 && exact < 0x1p127 && fabs(y - exact) > 0x1p-23 * exact;
}

static double value_of(uint16_t pattern) {
  const uint32_t bits = (uint32_t)pattern << 16;
  float value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

/* exp2 in double is within 2^-51 of the exact value, and no result is as close to a middle but where
 * it is a power of two: half the distance to the neighbours decides. */
static int rounds_to(uint16_t y, double exact) {
  if (isnan(exact)) return isnan(value_of(y));
  if (isinf(exact) || exact == 0) return value_of(y) == exact;
  if (y == 0x7f80) return exact >= 0x1.ffp127;
  const double below = y == 0 ? 0 : value_of((uint16_t)(y - 1));
  const double above = y == 0x7f7f ? 0x1p128 : value_of((uint16_t)(y + 1));
  return exact >= (below + value_of(y)) / 2 && exact <= (value_of(y) + above) / 2;
}

static int bf16_is_wrong(void) {
  static uint16_t x[65536], y[65536];
  for (int i = 0; i < 65536; ++i) x[i] = (uint16_t)i;
  uf_exp2_bf16_n(x, y, 65536);
  for (int i = 0; i < 65536; ++i) {
    const int equal = uf_exp2_bf16(x[i]) == y[i] || isnan(value_of(y[i]));
    if (!equal || !rounds_to(y[i], exp2(value_of(x[i])))) return printf("bf16: wrong at %x\n", i), 1;
  }
  return 0;
}

int main(int argc, char** argv) {
  (void)argv;
  const int same_bits = argc == 1;
  static float x[count], arrays[count], loops[count];
  for (int i = 0; i < count; ++i) x[i] = (float)(i - count / 2) * 0.27f;
  uf_exp2f_n(x, arrays, count);
  loop(x, loops, count);
  for (int i = 0; i < count; ++i) {
    const float y = uf_exp2f_1u(x[i]);
    const double exact = exp2((double)x[i]);
    if (same_bits && (y != arrays[i] || y != loops[i])) {
      return printf("forms differ at %a\n", (double)x[i]), 1;
    }
    if (wrong(y, exact) || wrong(arrays[i], exact) || wrong(loops[i], exact)) {
      return printf("wrong at %a\n", (double)x[i]), 1;
    }
  }
  if (uf_exp2f(HUGE_VALF) != HUGE_VALF || uf_exp2f(-HUGE_VALF) != 0) return puts("limits"), 1;
  if (bf16_is_wrong()) return 1;
  puts("right");
  return 0;
}
