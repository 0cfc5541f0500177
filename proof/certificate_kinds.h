// What each kind of certificate brings: the statement, its fields in JSON, and the proof to repeat.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "proof/certificate.h"

namespace ulpforge::proof {

using Json = nlohmann::ordered_json;

/// FNV-1a, 64 bits.
std::string hash(const std::string& text);

/// The fields of the kind, without the envelope that all share.
Json fields(const RealCertificate& certificate);
Json fields(const ExhaustiveCertificate& certificate);
Json fields(const DoubleCertificate& certificate);

std::string statement_of(const RealCertificate& certificate);
std::string statement_of(const ExhaustiveCertificate& certificate);
std::string statement_of(const DoubleCertificate& certificate);

Verdict check_again(const RealCertificate& certificate);
Verdict check_again(const ExhaustiveCertificate& certificate);
Verdict check_again(const DoubleCertificate& certificate);

/// From fields. Throw nlohmann's exceptions where one is missing or of another type, and
/// std::invalid_argument.
RealCertificate read_real(const Json& json);
ExhaustiveCertificate read_exhaustive(const Json& json);
DoubleCertificate read_double(const Json& json);

/// A number, or "inf" and "-inf", which JSON has no numbers for.
Json domain_end(double end);
double domain_end(const Json& json);
/// An interval as "domain" and "domain_open"; several as the text "domain".
void put_domain(Json& json, const targets::Domain& domain);
targets::Domain read_domain(const Json& json);
/// The same where nothing stands for every number of the format: "all".
void put_optional_domain(Json& json, const std::optional<targets::Domain>& domain);
std::optional<targets::Domain> read_optional_domain(const Json& json);

}  // namespace ulpforge::proof
