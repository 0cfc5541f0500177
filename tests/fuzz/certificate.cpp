// Certificates: refused with a message, or read to something that is written and read back the
// same.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "proof/certificate.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace proof = ulpforge::proof;
  proof::Certificate certificate;
  try {
    certificate =
        proof::parse_certificate({reinterpret_cast<const char*>(data), size}, "certificate");
  } catch (const proof::CertificateError&) {
    return 0;
  }
  const std::string text = proof::to_text(certificate);
  if (proof::to_text(proof::parse_certificate(text, "again")) != text) std::abort();
  return 0;
}
