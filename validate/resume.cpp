// Reading and adding lines.
#include "validate/resume.h"

#include <fmt/format.h>

#include <iterator>
#include <stdexcept>

namespace ulpforge::validate {
namespace {

constexpr std::string_view kKind = "ulpforge validate, place of a run, 1";

}  // namespace

ResumeFile::ResumeFile(const std::filesystem::path& path, const Json& what) : path_(path) {
  const auto fail = [&](std::string_view why) {
    throw std::invalid_argument(fmt::format("{}: {}", path_.string(), why));
  };
  std::string text;
  if (std::filesystem::exists(path)) {
    std::ifstream in(path, std::ios::binary);
    if (!in || !std::filesystem::is_regular_file(path)) fail("cannot be read");
    text.assign(std::istreambuf_iterator<char>(in), {});
  }
  std::size_t whole = 0;  // bytes of complete lines
  bool header = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    if (end == std::string::npos && header) break;  // cut off while it was written
    try {
      const Json line = Json::parse(std::string_view(text).substr(at, end - at));
      if (!header) {
        if (line.at("kind") != kKind) fail("is not the place of a validation");
        if (line.at("what") != what) fail("belongs to another measurement; give another file");
        header = true;
      } else {
        const targets::Rounding rounding = parse_rounding(line.at("rounding").get<std::string>());
        BinadeFigures binade = binade_from_json(line.at("binade"));
        seconds_[rounding] = line.at("seconds");
        done_[rounding].at(static_cast<std::size_t>(binade.exponent)) = std::move(binade);
      }
    } catch (const Json::exception&) {
      fail(header ? "is damaged" : "is not the place of a validation");
    }
    at = whole = end == std::string::npos ? text.size() : end + 1;
  }
  if (whole < text.size()) std::filesystem::resize_file(path, whole);
  file_.open(path, std::ios::binary | std::ios::app);
  if (!file_) fail("cannot be written");
  if (!header) file_ << Json{{"kind", kKind}, {"what", what}}.dump() << '\n' << std::flush;
}

void ResumeFile::add(targets::Rounding rounding, const BinadeFigures& binade, double seconds) {
  const std::lock_guard lock(mutex_);
  file_ << Json{{"rounding", name(rounding)}, {"seconds", seconds}, {"binade", to_json(binade)}}
               .dump()
        << '\n'
        << std::flush;
  if (!file_) throw std::invalid_argument(fmt::format("{}: cannot be written", path_.string()));
}

}  // namespace ulpforge::validate
