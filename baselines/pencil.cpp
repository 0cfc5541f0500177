// Cholesky factor of b, Jacobi on L^-1 a L^-T, eigenvectors carried back by L^-T.
#include "baselines/pencil.h"

namespace ulpforge::baselines {

using numbers::Mpfr;

namespace {

constexpr int kMaxSweeps = 40;

/// The lower triangular L with L L^T == b.
std::optional<Matrix> cholesky(const Matrix& b) {
  Matrix lower(b.size(), std::vector<Mpfr>(b.size(), Mpfr(0)));
  for (std::size_t i = 0; i < b.size(); ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      Mpfr sum = b[i][j];
      for (std::size_t k = 0; k < j; ++k) sum -= lower[i][k] * lower[j][k];
      if (i != j) {
        lower[i][j] = sum / lower[j][j];
      } else if (sum > 0) {
        lower[i][i] = sqrt(sum);
      } else {
        return std::nullopt;
      }
    }
  }
  return lower;
}

/// Solves lower z = v in place.
void solve_lower(const Matrix& lower, std::vector<Mpfr>& v) {
  for (std::size_t i = 0; i < v.size(); ++i) {
    for (std::size_t k = 0; k < i; ++k) v[i] -= lower[i][k] * v[k];
    v[i] /= lower[i][i];
  }
}

/// Solves lower^T z = v in place.
void solve_upper(const Matrix& lower, std::vector<Mpfr>& v) {
  for (std::size_t i = v.size(); i-- > 0;) {
    for (std::size_t k = i + 1; k < v.size(); ++k) v[i] -= lower[k][i] * v[k];
    v[i] /= lower[i][i];
  }
}

void transpose(Matrix& a) {
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) swap(a[i][j], a[j][i]);
  }
}

/// (a, b) <- (c a - s b, s a + c b)
void rotate(Mpfr& a, Mpfr& b, const Mpfr& c, const Mpfr& s) {
  const Mpfr old = a;
  a = c * old - s * b;
  b = s * old + c * b;
}

/// Makes a[p][q] zero by a rotation of rows and columns p, q; rows of `vectors` turn with them.
void annihilate(Matrix& a, Matrix& vectors, std::size_t p, std::size_t q) {
  const Mpfr theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
  Mpfr t = 1 / (abs(theta) + sqrt(Mpfr(theta * theta + 1)));
  if (theta < 0) t = -t;
  const Mpfr c = 1 / sqrt(Mpfr(t * t + 1)), s = t * c;
  for (std::size_t k = 0; k < a.size(); ++k) rotate(a[k][p], a[k][q], c, s);
  for (std::size_t k = 0; k < a.size(); ++k) {
    rotate(a[p][k], a[q][k], c, s);
    rotate(vectors[p][k], vectors[q][k], c, s);
  }
}

}  // namespace

std::optional<std::vector<Eigenpair>> solve_pencil(const Matrix& a, const Matrix& b) {
  const std::size_t n = a.size();
  const std::optional<Matrix> lower = cholesky(b);
  if (!lower) return std::nullopt;
  Matrix reduced = a;
  for (int side = 0; side < 2; ++side) {
    for (auto& row : reduced) solve_lower(*lower, row);
    transpose(reduced);
  }
  Matrix vectors(n, std::vector<Mpfr>(n, Mpfr(0)));
  for (std::size_t i = 0; i < n; ++i) vectors[i][i] = 1;
  Mpfr norm(0);
  for (const auto& row : reduced) {
    for (const Mpfr& entry : row) norm += abs(entry);
  }
  const Mpfr negligible = ldexp(norm, -static_cast<int>(numbers::MpfrPrecision::bits()));
  bool diagonal = false;
  for (int sweep = 0; sweep < kMaxSweeps && !diagonal; ++sweep) {
    diagonal = true;
    for (std::size_t p = 0; p < n; ++p) {
      for (std::size_t q = p + 1; q < n; ++q) {
        if (abs(reduced[p][q]) <= negligible) continue;
        diagonal = false;
        annihilate(reduced, vectors, p, q);
      }
    }
  }
  if (!diagonal) return std::nullopt;
  std::vector<Eigenpair> result;
  for (std::size_t i = 0; i < n; ++i) {
    solve_upper(*lower, vectors[i]);
    result.push_back({reduced[i][i], std::move(vectors[i])});
  }
  return result;
}

}  // namespace ulpforge::baselines
