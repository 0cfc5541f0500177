// The short-range part of electrostatic forces between atoms (Ewald's sum), as molecular dynamics
// has it in its innermost loop: q_i q_j (erfc(a r) / r + 2 a / sqrt(pi) exp(-a^2 r^2)) / r^2 for
// each pair.
#include <ufmath.h>

#include <random>

#include "../measure.h"

namespace {

constexpr int kAtoms = 3000;        // as densely as in water
constexpr float kBox = 31.07f;      // angstroms
constexpr float kCutoff = 9;        // of distances
constexpr float kScreening = 0.3f;  // a

struct Atom {
  float x, y, z, charge;
};
struct Pair {
  int i, j;
};

// The difference to the nearest copy of the periodic box.
template <class Real>
Real nearest(Real d) {
  const Real half = kBox / 2;
  return d > half ? d - Real(kBox) : d < -half ? d + Real(kBox) : d;
}

template <class Real>
void add(std::vector<Real>& force, const Pair& pair, Real f, Real dx, Real dy, Real dz) {
  Real *const a = &force[3 * static_cast<std::size_t>(pair.i)],
              *const b = &force[3 * static_cast<std::size_t>(pair.j)];
  a[0] += f * dx, a[1] += f * dy, a[2] += f * dz;
  b[0] -= f * dx, b[1] -= f * dy, b[2] -= f * dz;
}

template <class Real>
void standard_forces(const std::vector<Atom>& atoms, const std::vector<Pair>& pairs,
                     std::vector<Real>& force) {
  std::fill(force.begin(), force.end(), Real(0));
  const Real slope = 2 * Real(kScreening) / std::sqrt(std::acos(Real(-1)));
  for (const Pair& pair : pairs) {
    const Atom &a = atoms[pair.i], &b = atoms[pair.j];
    const Real dx = nearest(Real(a.x) - Real(b.x)), dy = nearest(Real(a.y) - Real(b.y)),
               dz = nearest(Real(a.z) - Real(b.z));
    const Real r2 = dx * dx + dy * dy + dz * dz, r = std::sqrt(r2), x = Real(kScreening) * r;
    const Real f =
        Real(a.charge) * Real(b.charge) * (std::erfc(x) / r + slope * std::exp(-x * x)) / r2;
    add(force, pair, f, dx, dy, dz);
  }
}

void forces(const std::vector<Atom>& atoms, const std::vector<Pair>& pairs,
            std::vector<float>& force) {
  constexpr std::size_t kBlock = 512;
  float dx[kBlock], dy[kBlock], dz[kBlock], r2[kBlock], r[kBlock], erfc[kBlock], exp[kBlock];
  std::fill(force.begin(), force.end(), 0.0f);
  const float slope = 2 * kScreening / std::sqrt(std::acos(-1.0f));
  for (std::size_t begin = 0; begin < pairs.size(); begin += kBlock) {
    const std::size_t n = std::min(kBlock, pairs.size() - begin);
    for (std::size_t k = 0; k < n; ++k) {
      const Atom &a = atoms[pairs[begin + k].i], &b = atoms[pairs[begin + k].j];
      dx[k] = nearest(a.x - b.x), dy[k] = nearest(a.y - b.y), dz[k] = nearest(a.z - b.z);
    }
    for (std::size_t k = 0; k < n; ++k) {
      r2[k] = dx[k] * dx[k] + dy[k] * dy[k] + dz[k] * dz[k];
      r[k] = std::sqrt(r2[k]);
      erfc[k] = kScreening * r[k];
      exp[k] = -erfc[k] * erfc[k];
    }
    uf_erfcf_n(erfc, erfc, n);
    uf_expf_n(exp, exp, n);
    for (std::size_t k = 0; k < n; ++k) {
      const Pair& pair = pairs[begin + k];
      const float f =
          atoms[pair.i].charge * atoms[pair.j].charge * (erfc[k] / r[k] + slope * exp[k]) / r2[k];
      add(force, pair, f, dx[k], dy[k], dz[k]);
    }
  }
}

}  // namespace

int main() {
  std::mt19937 random(1);
  std::uniform_real_distribution<float> place(0, kBox);
  std::vector<Atom> atoms;
  const auto distance2 = [](const Atom& a, const Atom& b) {
    const float dx = nearest(a.x - b.x), dy = nearest(a.y - b.y), dz = nearest(a.z - b.z);
    return dx * dx + dy * dy + dz * dz;
  };
  while (atoms.size() < kAtoms) {  // none nearer than one angstrom to another
    const Atom atom = {place(random), place(random), place(random),
                       atoms.size() % 3 == 0 ? -0.8f : 0.4f};
    if (std::none_of(atoms.begin(), atoms.end(),
                     [&](const Atom& other) { return distance2(atom, other) < 1; })) {
      atoms.push_back(atom);
    }
  }
  std::vector<Pair> pairs;
  for (int i = 0; i < kAtoms; ++i) {
    for (int j = 0; j < i; ++j) {
      if (distance2(atoms[i], atoms[j]) < kCutoff * kCutoff) pairs.push_back({i, j});
    }
  }
  std::vector<double> exact(3 * kAtoms);
  standard_forces(atoms, pairs, exact);
  double squares = 0;
  for (const double f : exact) squares += f * f;
  const double mean = std::sqrt(squares / (3 * kAtoms));
  std::vector<float> force(3 * kAtoms);
  Result plain, ours;
  plain.seconds = seconds([&] { standard_forces(atoms, pairs, force); });
  plain.error = largest_error(force, exact, mean);
  ours.seconds = seconds([&] { forces(atoms, pairs, force); });
  ours.error = largest_error(force, exact, mean);
  return compare("forces of pairs, error in root mean square forces", pairs.size(), plain, ours,
                 1e-4);
}
