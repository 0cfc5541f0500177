/* An ordinary program: nothing here knows of libufmath. Prints results of exp2f, one by one and, in
 * the loop that -ffast-math lets gcc vectorise, by libmvec. */
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { count = 64 };

void loop(const float* restrict x, float* restrict y);
__attribute__((optimize("O3", "fast-math"))) void loop(const float* restrict x, float* restrict y) {
  for (int i = 0; i < count; ++i) y[i] = exp2f(x[i]);
}

static void show(float y) {
  unsigned bits;
  memcpy(&bits, &y, sizeof bits);
  printf("%08x\n", bits);
}

int main(int argc, char** argv) {
  (void)argv;
  float x[count], y[count];
  for (int i = 0; i < count; ++i) x[i] = (float)(argc - 1 + i) * 0.137f - 3;
  loop(x, y);
  for (int i = 0; i < count; ++i) {
    volatile float input = x[i];
    show(exp2f(input));
    show(y[i]);
  }
  return 0;
}
