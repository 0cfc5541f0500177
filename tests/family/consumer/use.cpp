// The header in C++, and the vector names.
#include <ufmath.h>
#include <ufmath_vectors.h>

#include <cstdio>

int main() {
  static_assert(noexcept(uf_exp2f(1.0f)));
#if defined(__x86_64__)
  float y[4];
  _mm_storeu_ps(y, _ZGVbN4v_uf_exp2f(_mm_set_ps(3, 2, 1, 0)));
  for (int i = 0; i < 4; ++i) {
    if (y[i] != uf_exp2f(static_cast<float>(i))) return 1;
  }
#endif
  std::puts("right");
}
