// Benchmarks of functions of short formats: what is compared, and that its errors are those of the
// format.
#include "bench/short_bench.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "bench/short_table.h"
#include "emit/short_header.h"
#include "ir/expression.h"
#include "ir/text.h"

namespace ulpforge::bench {
namespace {

/// sqrt of bf16, once right and once a hundredth too large.
Request bench_of_roots() {
  const numbers::ShortFormat format = numbers::parse_short_format("bf16");
  const auto subject = [&](const std::string& name, const std::string& text) {
    return Subject{name,
                   emit::emit_short_header(ir::parse(text), {.name = name, .comment = {}}, format)};
  };
  Request request;
  request.functions = {{.function = "sqrt_bf16",
                        .base = "sqrt",
                        .format = "bf16",
                        .expression = "sqrt(x)",
                        .target = ir::parse_expression("sqrt(x)"),
                        .symbol = "sqrtf",
                        .inputs = {1, 2, false},
                        .subjects = {subject("root", "input x: f32\ny = sqrt(x)\nreturn y\n"),
                                     subject("wrong",
                                             "input x: f32\nc = 0x1.03p+0\nr = sqrt(x)\n"
                                             "y = r * c\nreturn y\n")}}};
  request.compilers = {*toolchain::find_compiler("c++")};
  request.flags = {{"-O2", "-march=native"}};
  for (const emit::Form* const form : timed_forms()) {
    if (host_has(*form)) request.forms.push_back(form);
  }
  request.against = {"glibc"};
  request.timing.samples = 1;
  request.timing.sample_microseconds = 10;
  return request;
}

TEST(ShortBench, HasEveryKindInEveryForm) {
  const Request wanted = bench_of_roots();
  const ShortResult result = run_short(wanted);
  for (const emit::Form* const form : wanted.forms) {
    const auto row = [&](const std::string& name) {
      const auto found = std::ranges::find_if(result.rows, [&](const ShortRow& one) {
        return one.form == form->key && one.name == name;
      });
      EXPECT_NE(found, result.rows.end()) << form->key << ' ' << name;
      return found == result.rows.end() ? ShortRow{} : *found;
    };
    for (const char* name : {"root", "glibc", "table of 65536"}) {
      const ShortRow one = row(name);
      ASSERT_TRUE(one.errors) << name;
      EXPECT_EQ(one.errors->misrounded, 0U) << name;
      EXPECT_LE(one.errors->max_ulp, 0.5) << name;
      EXPECT_GT(one.nanoseconds, 0) << name;
      EXPECT_DOUBLE_EQ(one.gigabytes, 4 / one.nanoseconds);
    }
    const ShortRow wrong = row("wrong");
    ASSERT_TRUE(wrong.errors);
    EXPECT_GT(wrong.errors->max_ulp, 1);
    EXPECT_GT(wrong.errors->misrounded, 1000U);
    const auto ratio = against_fastest(row("root"), result.rows, ShortKind::Library);
    ASSERT_TRUE(ratio);
    EXPECT_EQ(ratio->peer, "glibc");
    EXPECT_DOUBLE_EQ(ratio->ratio, row("root").nanoseconds / row("glibc").nanoseconds);
  }
  EXPECT_NE(to_table(result).find("sqrt_bf16"), std::string::npos);
  EXPECT_EQ(to_json(result).size(), result.rows.size());
}

}  // namespace
}  // namespace ulpforge::bench
