// Scratch directories, CMake and moves.
#include "runs/family_package.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <thread>

#include "family/installation.h"
#include "system/error.h"
#include "system/scratch_directory.h"
#include "toolchain/compiler.h"

namespace ulpforge::runs {
namespace {

namespace fs = std::filesystem;

void demand_free(const fs::path& out, bool force) {
  std::error_code error;
  const fs::file_status status = fs::status(out, error);
  if (!fs::exists(status)) return;
  if (!fs::is_directory(status)) {
    throw system::BadRequest(fmt::format("'{}' is no directory; give another -o", out.string()));
  }
  if (!force && !fs::is_empty(out)) {
    throw system::BadRequest(fmt::format(
        "'{}' is not empty; give another -o, or --force to put the package into it", out.string()));
  }
}

void demand_tools(const PackageRequest& request) {
  if (!toolchain::find_compiler("cmake")) {
    throw system::BadRequest(
        "building needs 'cmake', which does not run; --sources-only writes the sources alone");
  }
  if (!request.compiler.empty() && !toolchain::find_compiler(request.compiler)) {
    throw system::BadRequest(
        fmt::format("--compiler: '{}' does not run; give a C++ compiler", request.compiler));
  }
}

/// A directory beside `out`, so that what is made there moves to `out` in one step a file.
system::ScratchDirectory workshop_beside(const fs::path& out) {
  const fs::path parent = fs::absolute(out).lexically_normal().parent_path();
  std::error_code error;
  fs::create_directories(parent, error);
  try {
    return system::ScratchDirectory(parent);
  } catch (const std::runtime_error& failure) {
    throw system::BadRequest(failure.what());
  }
}

}  // namespace

void demand_room_and_tools(const PackageRequest& request) {
  demand_free(request.out, request.force);
  if (!request.sources_only) demand_tools(request);
}

void make_package(const PackageRequest& request, const std::vector<family::File>& files) {
  const fs::path& out = request.out;
  const system::ScratchDirectory workshop = workshop_beside(out);
  const fs::path source = workshop.path() / "source";
  family::write_package(files, source);
  if (request.sources_only) {
    family::renew_sources(source, out);
    return;
  }
  const fs::path prefix = workshop.path() / "prefix";
  const unsigned jobs =
      request.jobs > 0 ? request.jobs : std::max(1U, std::thread::hardware_concurrency());
  family::build_package(source, workshop.path() / "build", prefix,
                        {.cxx = request.compiler, .jobs = jobs});
  family::remove_package(out);
  family::move_into(prefix, out);
}

}  // namespace ulpforge::runs
