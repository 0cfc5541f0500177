/* Scalars, arrays and a loop over scalars, which gcc turns into vector calls, have to agree with the C
 * library, within the promised ULP and half an ULP of its own; and with each other, unless an argument
 * says that forms have programs of their own. */
#include <math.h>
#include <stdio.h>
#include <ufmath.h>

enum { count = 1003 };

void loop(const float* restrict x, float* restrict y, int n);
void loop(const float* restrict x, float* restrict y, int n) {
  for (int i = 0; i < n; ++i) y[i] = uf_exp2f(x[i]);
}

static int wrong(float y, double exact) {
  return exact > 0x1p-126 && exact < 0x1p127 && fabs(y - exact) > 0x1p-23 * exact;
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
  puts("right");
  return 0;
}
