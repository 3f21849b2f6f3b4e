#include "tests/layers/throwing_forms.h"

#include <algorithm>
#include <regex>
#include <set>

#include "tests/layers/plain_code.h"

namespace modascope::layers {
namespace {

std::set<std::string> errorCodesIn(const std::string& code) {
  static const std::regex declaration(R"(std::error_code\s*&?\s*(\w+(?:\s*,\s*\w+)*)\s*[;,)=])");
  static const std::regex word(R"(\w+)");
  std::set<std::string> names;
  for (std::sregex_iterator found(code.begin(), code.end(), declaration), end; found != end;
       ++found) {
    const std::string list = (*found)[1];
    for (std::sregex_iterator name(list.begin(), list.end(), word); name != end; ++name)
      names.insert(name->str());
  }
  return names;
}

/// The arguments behind the bracket at `open`, as they stand.
std::vector<std::string> argumentsAt(const std::string& code, std::size_t open) {
  std::vector<std::string> arguments(1);
  int depth = 0;
  for (std::size_t i = open; i < code.size(); ++i) {
    const char c = code[i];
    const bool closes = c == ')' || c == '}' || c == ']';
    if (closes && --depth == 0) break;
    if (depth == 1 && c == ',')
      arguments.emplace_back();
    else if (depth > 0 && std::isspace(static_cast<unsigned char>(c)) == 0)
      arguments.back() += c;
    if (c == '(' || c == '{' || c == '[') ++depth;
  }
  return arguments;
}

class Finder {
 public:
  Finder(const std::string& file, const std::string& text)
      : file_(file), code_(plainCode(text)), errorCodes_(errorCodesIn(code_)) {}

  std::vector<std::string> find() {
    static const std::regex function(
        R"((?:fs|filesystem)::(exists|is_\w+|file_size|canonical|weakly_canonical|absolute|relative|)"
        R"(proximate|equivalent|space|last_write_time|status|symlink_status|read_symlink|create_\w+|)"
        R"(copy|copy_file|copy_symlink|remove|remove_all|rename|resize_file|current_path|)"
        R"(temp_directory_path|permissions|hard_link_count)\s*\()");
    // Found by the type of its argument.
    static const std::regex bare(
        R"((?:^|[^\w.>:])(exists|is_directory|is_regular_file|file_size|canonical|weakly_canonical|)"
        R"(last_write_time|create_directories|remove_all|current_path)\s*\()");
    static const std::regex iterator(
        R"((?:fs|filesystem)::((?:recursive_)?directory_iterator)(?:\s+\w+)?\s*[({])");
    static const std::regex member(
        R"([.>](is_directory|is_regular_file|is_symlink|file_size|last_write_time|increment)\s*\()");
    static const std::regex loop(
        R"(for\s*\([^;()]*:\s*(?:std::)?(?:fs|filesystem)::((?:recursive_)?directory_iterator))");
    eachCall(function, &Finder::isQuietFunction);
    eachCall(bare, &Finder::isQuietFunction);
    eachCall(iterator, &Finder::isQuietIterator);
    eachCall(member, &Finder::endsInCode);
    for (std::sregex_iterator found(code_.begin(), code_.end(), loop), end; found != end; ++found)
      complain(found->position(1),
               "the steps of a loop over a " + std::string((*found)[1]) + " throw");
    return complaints_;
  }

 private:
  using Arguments = std::vector<std::string>;

  void eachCall(const std::regex& pattern, bool (Finder::*quiet)(const Arguments&) const) {
    for (std::sregex_iterator found(code_.begin(), code_.end(), pattern), end; found != end;
         ++found) {
      const auto open = static_cast<std::size_t>(found->position() + found->length() - 1);
      if ((this->*quiet)(argumentsAt(code_, open))) continue;
      complain(found->position(1), std::string((*found)[1]) + " without a std::error_code throws");
    }
  }

  bool endsInCode(const Arguments& arguments) const {
    return errorCodes_.contains(arguments.back());
  }
  /// What was asked already is only looked at.
  bool isQuietFunction(const Arguments& arguments) const {
    static const std::regex status(R"(.*(?:^|:)(?:symlink_)?status\(.*)");
    return endsInCode(arguments) ||
           (arguments.size() == 1 && std::regex_match(arguments.front(), status));
  }
  /// The end of all iterators has no arguments.
  bool isQuietIterator(const Arguments& arguments) const {
    return endsInCode(arguments) || (arguments.size() == 1 && arguments.front().empty());
  }

  void complain(long position, const std::string& words) {
    const auto line = 1 + std::count(code_.begin(), code_.begin() + position, '\n');
    complaints_.push_back(file_ + ":" + std::to_string(line) + ": " + words);
  }

  std::string file_;
  std::string code_;
  std::set<std::string> errorCodes_;
  std::vector<std::string> complaints_;
};

}  // namespace

std::vector<std::string> throwingForms(const Sources& sources) {
  std::vector<std::string> all;
  for (const auto& [file, text] : sources)
    for (const std::string& complaint : Finder(file, text).find()) all.push_back(complaint);
  return all;
}

}  // namespace modascope::layers
