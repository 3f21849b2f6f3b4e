#pragma once

#include <string>
#include <string_view>

namespace modascope {

/// Text whose control characters can be seen and no longer act: "\u001b[31m" instead of red. Also
/// those that turn the direction of writing round, and bytes that are no UTF-8 ("\x9b"). Line
/// breaks and tabs stay. What is shown is JSON's own notation, so a JSON text keeps its meaning.
class TerminalText {
 public:
  /// What can be shown of `bytes` and of what an earlier call kept back.
  std::string shown(std::string_view bytes);
  /// What is left: a character that was begun and not finished.
  std::string end();

 private:
  std::string begun_;
};

/// Of a whole text.
std::string withoutControls(std::string_view text);

}  // namespace modascope
