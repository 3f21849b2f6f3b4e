#pragma once

#include <map>
#include <string>
#include <string_view>

namespace modascope::layers {

/// Which folder may include which; read from allowed_includes.txt, whose head explains the format.
class AllowedArrows {
 public:
  /// Throws `std::runtime_error` naming the line: a folder named twice, an arrow to a folder that
  /// does not stand below, an arrow inside a level without its reason.
  static AllowedArrows parse(std::string_view text);

  /// The smallest named folder that holds the file; its own if none does. "app" holds only its own.
  std::string roomOf(const std::string& file) const;
  bool knows(const std::string& folder) const { return arrows_.count(folder) != 0; }
  bool allows(const std::string& from, const std::string& to) const;

  /// Where each arrow of a folder leads, and the line that it stands in.
  using Targets = std::map<std::string, int>;
  /// Every folder's.
  const std::map<std::string, Targets>& all() const { return arrows_; }

 private:
  friend class ArrowsReader;
  std::map<std::string, Targets> arrows_;
};

}  // namespace modascope::layers
