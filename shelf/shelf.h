// The shelf: of each function of floats or of numbers of a short format, in each tier of accuracy
// and each form, the cheapest program that was found so far, with the certificate that says what it
// is worth and where it comes from.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "family/tiers.h"
#include "jit/isa/isa.h"
#include "jit/processor.h"
#include "proof/certificate.h"

namespace ulpforge::shelf {

/// The forms whose programs have places of their own: those of emit::header_isas() that processors
/// of x86-64 have. Headers have for the others the cheapest of what is there.
std::span<const jit::Isa> forms();

/// A program. `tier`, `cycles` and `forms` follow from the certificate and from what else is there.
struct Item {
  std::string function;                      ///< "exp"; of a short format "exp_bf16"
  proof::ExhaustiveCertificate certificate;  ///< over every number, with found_by
  const family::Tier* tier = nullptr;        ///< the tightest whose promise it keeps
  std::vector<double> cycles = {};           ///< in each of forms(), by the shelf's processor
  std::vector<jit::Isa> forms = {};          ///< where it is the cheapest of its tier
};

/// Items by function (those of the family in its order, then others by name), then by tier, the
/// tightest first, then by form. A looser tier has an item for a form only where that is cheaper
/// than what all tighter tiers have.
struct Shelf {
  jit::Processor processor;  ///< whose cycles decide
  std::vector<Item> items;
};

/// "exp" in float is "exp", in bf16 "exp_bf16".
std::string name_in_format(const std::string& function, const std::string& format);

/// What a program needs before it can be on a shelf, in words where it lacks it: every number,
/// special values right, a tier, a function's name whose expression is the certificate's, a
/// provenance.
std::optional<std::string> reason_against(const std::string& function,
                                          const proof::ExhaustiveCertificate& certificate);

/// An item for that program, with its tier and its cycles. Throws std::invalid_argument with the
/// reason against it.
Item make_item(const std::string& function, proof::ExhaustiveCertificate certificate,
               jit::Processor processor);

/// A place of the shelf whose program is another one than before.
struct Change {
  std::string function;
  const family::Tier* tier;
  jit::Isa form;
  struct Figures {
    double cycles, max_ulp;
  };
  std::optional<Figures> before;  ///< nothing: the place was empty
  Figures after;
};

/// Puts in what is cheaper than what is there, or as cheap and more accurate; what is the cheapest
/// nowhere leaves the shelf. Returns the changes in the order of the items. Throws
/// std::invalid_argument where a function of that name has another expression.
std::vector<Change> add(Shelf& shelf, const std::vector<Item>& more);

/// Leaves each place to one item and takes out what has none, where items came from elsewhere.
void put_in_order(Shelf& shelf);

/// "exp 1u avx512: 0.231 cycles, 0.911 ULP; replaces 0.237 cycles, 0.926 ULP".
std::string to_text(const Change& change);

/// Of a certificate, rounded up to six decimals.
double claimed_ulp(const proof::ExhaustiveCertificate& certificate);

/// Whether it is the cheapest of its tier in a form.
bool holds(const Item& item, jit::Isa form);

/// Its cycles where that is so: "avx2 0.819, avx512 0.333".
std::string cycles_text(const Item& item);

/// The input with that error: "0xc2fd065e (-0x1.fa0cbcp+6)".
std::string worst_input(const proof::ExhaustiveCertificate& certificate);

/// README.md of a shelf: what there is, with links to the programs.
std::string index_text(const Shelf& shelf);

/// The same as a table for a terminal: a row for each program.
std::string table_text(const Shelf& shelf);

}  // namespace ulpforge::shelf
