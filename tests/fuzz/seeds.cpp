// Writes seeds for fuzz_checkpoint: states as searches leave them. fuzz_seeds DIRECTORY
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

#include "evo/island.h"
#include "evo/kernel_archive.h"
#include "evo/search.h"
#include "evo/state_stream.h"
#include "ir/text.h"

namespace {

using namespace ulpforge;  // NOLINT

constexpr int kOperations = 6;  // as in checkpoint.cpp

evo::Island island() {
  evo::Archive archive(kOperations, 128);
  numbers::Random random({1});
  const char* const texts[] = {"input x\nreturn x\n", "input x\nc = 0x1.8p0\na = x + c\nreturn a\n",
                               "input x\nc = 3\na = c / x\nb = x + a\nreturn b\n"};
  double error = 1;
  for (const char* const text : texts) {
    evo::Entry entry;
    entry.program = ir::parse(text);
    entry.error = error /= 8;
    entry.sum_of_squares = error * error;
    entry.structure = static_cast<std::uint64_t>(1 / error);
    archive.insert(entry, random);
  }
  return {1, 0, archive};
}

evo::KernelArchive kernels() {
  evo::KernelArchive archive;
  for (const double ulp : {100.0, 3.0}) {
    evo::KernelEntry entry;
    entry.kernel = ir::parse("input r: f32\nc = 0x1.62e43p-1\na = r * c\nreturn a\n");
    entry.shape = static_cast<std::uint64_t>(ulp);
    entry.cost.throughput = 20 / ulp;
    entry.max_ulp = ulp;
    archive.insert(entry);
  }
  return archive;
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) {
    std::fputs("usage: fuzz_seeds DIRECTORY\n", stderr);
    return 2;
  }
  evo::Progress progress;
  progress.evaluations = 12345;
  progress.best_error = {1, 0.25, 1e-3};
  const auto write = [&](const char* name, char which, const std::string& bytes) {
    std::ofstream(std::filesystem::path(arguments[1]) / name, std::ios::binary) << which << bytes;
  };
  write("island", 1, evo::encode(island()));
  write("kernels", 2, evo::encode(kernels()));
  write("progress", 3, evo::encode(progress));
}
