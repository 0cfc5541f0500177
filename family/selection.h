// Which program serves which function at which accuracy.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "family/tiers.h"

namespace ulpforge::family {

/// A program that a search left, as far as the choice goes.
struct Candidate {
  std::string function;      ///< "exp"; of a short format "exp_bf16"
  std::string format = {};   ///< that short format, "bf16"; empty: float
  std::string run;           ///< where it comes from
  std::string program;       ///< its name there
  std::string domain;        ///< "all" or an interval
  std::uint64_t inputs = 0;  ///< at so many numbers its error was measured; 0: not known
  double max_ulp = 0;
  std::uint64_t misrounded = 0;
  /// In each form that has a program of its own (emit::header_isas()), or in all together; the
  /// lowest wins.
  std::vector<double> costs = {};
};

/// A function that the family has, under all names that it serves.
struct Member {
  std::string function;
  std::string format = {};              ///< as of the candidates
  std::vector<std::size_t> candidates;  ///< in each form its program, a place among the candidates
  std::vector<const Tier*> tiers{};     ///< that it serves, the tightest first
};

struct Selection {
  std::vector<Member> members;  ///< by function, in the order of the catalog, then by tier
  struct Missing {
    std::string function, format;
    const Tier* tier;
  };
  std::vector<Missing> missing;  ///< tiers that no candidate reached, of functions in the runs
  std::vector<std::string> not_found;  ///< the catalog's of which there is no candidate
  struct Refused {
    std::size_t candidate;
    std::string reason;
  };
  std::vector<Refused> refused;  ///< candidates that could not be considered
};

/// Where a correctly rounded program costs at most so many times what the cheapest of a tier does,
/// single calls take it: its results are the same on every machine and in every form.
inline constexpr double kRoundingMayCost = 1.1;

/// For each function, tier and form the cheapest candidate that keeps the promise at every number;
/// among equals the more accurate, then the first. of_calls[k] says that form k is of single calls
/// of floats; left out, none is. Candidates for an interval, and those not measured at all numbers
/// of their format, are refused: a family's functions take any argument. All candidates have as
/// many costs; those of a short format the same in every form, since their headers have one
/// program.
Selection select(const std::vector<Candidate>& candidates, const std::vector<bool>& of_calls = {});

/// Of the numbers of a format, named as in a Candidate: 32 of float.
int bits_of(const std::string& format);

/// "uf_expf_1u"; of short formats "uf_exp_bf16_1u" and, correctly rounded, "uf_exp_bf16".
std::string member_name(std::string_view function, std::string_view format, const Tier& tier);
/// "uf_expf", "uf_exp_bf16".
std::string base_name(std::string_view function, std::string_view format);

}  // namespace ulpforge::family
