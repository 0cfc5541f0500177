// The envelope of certificates: kind, format, statement, hash.
#include "proof/certificate.h"

#include <fmt/format.h>

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <utility>

#include "ir/json_integer.h"
#include "ir/text.h"
#include "proof/certificate_kinds.h"
#include "system/files.h"

namespace ulpforge::proof {
namespace {

constexpr int kFormat = 1;

std::string_view kind(const RealCertificate&) { return "real"; }
std::string_view kind(const ExhaustiveCertificate&) { return "exhaustive"; }
std::string_view kind(const DoubleCertificate&) { return "double"; }

Json to_json(const Certificate& certificate) {
  return std::visit(
      [](const auto& each) {
        Json json;
        json["certificate"] = "ulpforge";
        json["format"] = kFormat;
        json["kind"] = kind(each);
        json["statement"] = statement_of(each);
        json["ulpforge"] = each.version;
        json.update(fields(each));
        json["hash"] = hash(json.dump());
        return json;
      },
      certificate);
}

constexpr const char* kProgram = "program";
constexpr const char* kProgramFile = "program_file";

/// The object with another field in the place of `key`.
Json with_other(const Json& json, const std::string& key,
                const std::pair<std::string, std::string>& field) {
  Json out = Json::object();
  for (const auto& [name, value] : json.items()) {
    if (name == key) {
      out[field.first] = field.second;
    } else {
      out[name] = value;
    }
  }
  return out;
}

/// A certificate whose program stands in a file of its own as one that has it.
Json with_program(const Json& json, const std::string& source, const ReadBeside& read_beside) {
  const auto file = json.find(kProgramFile);
  if (file == json.end()) return json;
  const auto name = file->get<std::string>();
  if (!read_beside || name.find('/') != std::string::npos) {
    throw CertificateError(
        fmt::format("{}: its program is not in it but in a file '{}', which has to lie beside it",
                    source, name));
  }
  const std::string program = ir::print(ir::parse(read_beside(name)));
  if (json.value("program_hash", "") != hash(program)) {
    throw CertificateError(
        fmt::format("{}: the program in {} is not the one that was proven", source, name));
  }
  return with_other(json, kProgramFile, {kProgram, program});
}

Certificate read(const Json& json) {
  const auto kind = json.at("kind").get<std::string>();
  const auto read_as = [&](auto certificate) -> Certificate {
    certificate.version = json.at("ulpforge").get<std::string>();
    return certificate;
  };
  if (kind == "real") return read_as(read_real(json));
  if (kind == "exhaustive") return read_as(read_exhaustive(json));
  if (kind == "double") return read_as(read_double(json));
  throw std::invalid_argument(
      fmt::format("a certificate of kind '{}'; this version checks 'real', 'exhaustive' and "
                  "'double'",
                  kind));
}

}  // namespace

std::string hash(const std::string& text) {
  std::uint64_t value = 0xcbf29ce484222325U;
  for (const char c : text) value = (value ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  return fmt::format("{:016x}", value);
}

Json domain_end(double end) { return std::isinf(end) ? Json(end < 0 ? "-inf" : "inf") : Json(end); }

double domain_end(const Json& json) {
  if (!json.is_string()) return json.get<double>();
  const bool negative = json == "-inf";
  if (!negative && json != "inf") throw std::invalid_argument("a domain ends with no number");
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  return negative ? -kInfinity : kInfinity;
}

void put_domain(Json& json, const targets::Domain& domain) {
  if (!domain.parts.empty()) {
    // Several intervals: as text, as they are written on the command line.
    json["domain"] = targets::to_string(domain);
    return;
  }
  json["domain"] = {domain_end(domain.lo), domain_end(domain.hi)};
  json["domain_open"] = {domain.lo_open, domain.hi_open};
}

targets::Domain read_domain(const Json& json) {
  if (json.at("domain").is_string()) {
    return targets::parse_domain(json.at("domain").get<std::string>());
  }
  targets::Domain domain;
  domain.lo = domain_end(json.at("domain").at(0));
  domain.hi = domain_end(json.at("domain").at(1));
  domain.lo_open = json.at("domain_open").at(0).get<bool>();
  domain.hi_open = json.at("domain_open").at(1).get<bool>();
  if (!(domain.lo < domain.hi)) throw std::invalid_argument("the domain is no interval");
  return domain;
}

void put_optional_domain(Json& json, const std::optional<targets::Domain>& domain) {
  if (domain) {
    put_domain(json, *domain);
  } else {
    json["domain"] = "all";
  }
}

std::optional<targets::Domain> read_optional_domain(const Json& json) {
  if (json.at("domain") == "all") return std::nullopt;
  return read_domain(json);
}

std::string statement(const Certificate& certificate) {
  return std::visit([](const auto& each) { return statement_of(each); }, certificate);
}

std::string to_text(const Certificate& certificate, const std::string& program_file) {
  Json json = to_json(certificate);
  if (!program_file.empty()) {
    json = with_other(json, kProgram, {kProgramFile, program_file});
  }
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Certificate parse_certificate(const std::string& text, const std::string& source,
                              const ReadBeside& read_beside) {
  try {
    Json json = Json::parse(text);
    if (!json.is_object() || json.value("certificate", "") != "ulpforge") {
      throw CertificateError(
          fmt::format("{}: not a certificate; 'ulpforge prove' makes them", source));
    }
    json = with_program(json, source, read_beside);
    const int format = ir::integer<int>(json.at("format"));
    if (format != kFormat) {
      throw CertificateError(
          fmt::format("{}: certificate format {}; this version reads {}", source, format, kFormat));
    }
    Certificate certificate = read(json);
    // Every field, the statement and the hash among them, as this version would write it.
    if (to_json(certificate) != json) {
      throw CertificateError(
          fmt::format("{}: the certificate was changed after it was made (its hash or one of its "
                      "fields does not agree with the rest)",
                      source));
    }
    return certificate;
  } catch (const nlohmann::json::exception& error) {
    throw CertificateError(fmt::format("{}: not a whole certificate: {}", source, error.what()));
  } catch (const ir::TextError& error) {
    throw CertificateError(fmt::format("{}: malformed program: {}", source, error.what()));
  } catch (const CertificateError&) {
    throw;
  } catch (const std::invalid_argument& error) {
    throw CertificateError(fmt::format("{}: {}", source, error.what()));
  }
}

Certificate read_certificate(const std::filesystem::path& file) {
  return parse_certificate(system::read_file(file), file.string(), [&](const std::string& name) {
    return system::read_file(file.parent_path() / name);
  });
}

Verdict check(const Certificate& certificate) {
  return std::visit([](const auto& each) { return check_again(each); }, certificate);
}

std::string decimals_above(double value) {
  if (!std::isfinite(value)) return fmt::format("{}", value);
  for (double next = value;; next = std::nextafter(next + std::fabs(value) * 1e-4,
                                                   std::numeric_limits<double>::infinity())) {
    std::string text = fmt::format("{:.3e}", next);
    if (std::strtod(text.c_str(), nullptr) >= value) return text;
  }
}

}  // namespace ulpforge::proof
