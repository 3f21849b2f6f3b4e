#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace modascope {

/// File systems keep names as bytes; JSON, tables and the window want text in UTF-8. A byte that is
/// no UTF-8 is written as "\xe4", and so is a backslash that stands before such an escape, so that
/// every name comes back exactly by `nameFromText`. All other names stay as they are. Ids of cases
/// and keys of modalities are text from the start; paths become text where they are written.
std::string textOfName(std::string_view name);
std::string nameFromText(std::string_view text);
std::string textOf(const std::filesystem::path& path);
std::filesystem::path pathFrom(std::string_view text);

/// What is left of a text when its bytes that are no UTF-8 are escaped, whatever else it has.
std::string validText(std::string_view text);
/// For a cell of a table on the terminal: `validText` with control characters, such as the ends of
/// lines, escaped, too.
std::string cellText(std::string_view text);
/// How many columns a text in UTF-8 takes: characters, not bytes.
std::size_t columnsOf(std::string_view text);

}  // namespace modascope
