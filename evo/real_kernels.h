// Kernels to start from: what the search in the real regime finds for a scheme's kernel.
#pragma once

#include <functional>
#include <map>
#include <stop_token>
#include <string>
#include <tuple>
#include <vector>

#include "evo/machine_search.h"
#include "ir/program.h"
#include "targets/schemes/scheme.h"

namespace ulpforge::evo {

class RealKernels {
 public:
  /// What the search around it wants of one in the real regime.
  struct Surroundings {
    std::function<bool()> no_time;       ///< to begin another one
    std::function<void()> report;        ///< called about once a second
    std::function<void(bool now)> save;  ///< the state has changed
    std::stop_token stop;
  };

  RealKernels(const std::vector<targets::Scheme>& schemes, const MachineConfig& config,
              Surroundings surroundings);

  /// The front for the scheme's kernel, lowered; the same for equal kernels. Nothing where real
  /// arithmetic cannot come near, or no time is left.
  std::vector<ir::Program> of(std::size_t scheme);

  /// How many searches there have been.
  std::size_t searches() const { return found_.size(); }

  /// The state.
  static auto fields(auto& kernels) { return std::tie(kernels.found_, kernels.search_); }

 private:
  const std::vector<targets::Scheme>& schemes_;
  const MachineConfig& config_;
  Surroundings surroundings_;
  std::map<std::size_t, std::vector<ir::Program>> found_;  ///< by scheme
  std::string search_;  ///< state of the search that is under way
};

}  // namespace ulpforge::evo
