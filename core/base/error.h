#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>

namespace modascope {

/// Whose turn it is: `Request` when the input or the request is wrong (exit code 2), `System` when
/// something failed on the way, such as a full disk or lack of memory (exit code 1).
enum class Fault { Request, System };

/// The only exception of this program. `what()` is a sentence for the user: it names the file or
/// key, what was found, what was expected and, where it helps, what to do.
class Error : public std::runtime_error {
 public:
  explicit Error(const std::string& sentence, Fault fault = Fault::Request)
      : std::runtime_error(sentence), fault_(fault) {}

  Fault fault() const { return fault_; }

 private:
  Fault fault_;
};

/// "so" and "/home/x/a.nii", with the quotation marks: what a sentence says of others.
std::string inQuotes(std::string_view text);
std::string inQuotes(const std::filesystem::path& file);
inline std::string inQuotes(const std::string& text) {
  return inQuotes(std::string_view(text));
}
inline std::string inQuotes(const char* text) {
  return inQuotes(std::string_view(text));
}

}  // namespace modascope
