#include "tests/layers/given_names.h"

#include <algorithm>
#include <map>
#include <regex>

#include "tests/layers/plain_code.h"

namespace modascope::layers {
namespace {

struct NamedType {
  std::string name;
  long line;
};

/// Lines of the preprocessor, whose braces need not match, become spaces.
std::string withoutPreprocessor(std::string code) {
  static const std::regex directive(R"((^|\n)[ \t]*#(?:[^\n]*\\\n)*[^\n]*)");
  std::string result;
  auto at = code.cbegin();
  for (std::sregex_iterator found(code.begin(), code.end(), directive), end; found != end;
       ++found) {
    result.append(at, code.cbegin() + found->position());
    std::string gone = found->str();
    std::replace_if(
        gone.begin(), gone.end(), [](char c) { return c != '\n'; }, ' ');
    result += gone;
    at = code.cbegin() + found->position() + found->length();
  }
  return result.append(at, code.cend());
}

/// Goes through the code brace by brace and keeps what stands before each.
class TypeReader {
 public:
  explicit TypeReader(const std::string& text) : code_(withoutPreprocessor(plainCode(text))) {}

  std::vector<NamedType> read() {
    std::size_t start = 0;
    for (std::size_t i = 0; i < code_.size(); ++i) {
      const char c = code_[i];
      if (c == '{') open(code_.substr(start, i - start), i);
      if (c == '}' && !scopes_.empty()) scopes_.pop_back();
      if (c == '{' || c == '}' || c == ';') start = i + 1;
    }
    return types_;
  }

 private:
  enum class Scope { Namespace, Other };

  void open(const std::string& before, std::size_t place) {
    static const std::regex space(R"((?:^|\s)namespace\s+[\w:]+\s*$)");
    static const std::regex type(
        R"((?:^|[\s>])(?:class|struct|union|enum(?:\s+(?:class|struct))?)\s+)"
        R"((?:\[\[[^\]]*\]\]\s*)?(\w+)(?:\s+final)?\s*(?::(?!:)[^()]*)?$)");
    const bool outside = std::all_of(scopes_.begin(), scopes_.end(),
                                     [](Scope scope) { return scope == Scope::Namespace; });
    std::smatch match;
    if (outside && std::regex_search(before, match, type)) {
      const auto end = code_.begin() + static_cast<std::ptrdiff_t>(place);
      types_.push_back({match[1], 1 + std::count(code_.begin(), end, '\n')});
    }
    scopes_.push_back(std::regex_search(before, space) ? Scope::Namespace : Scope::Other);
  }

  std::string code_;
  std::vector<Scope> scopes_;
  std::vector<NamedType> types_;
};

class NameBook {
 public:
  void note(const std::string& what, const std::string& name, const std::string& file, long line) {
    const auto [known, isNew] = first_.emplace(name, file);
    if (!isNew)
      complaints_.push_back(file + ":" + std::to_string(line) + ": " + name +
                            " is also the name of " + what + " in " + known->second);
  }
  const std::vector<std::string>& complaints() const { return complaints_; }

 private:
  std::map<std::string, std::string> first_;
  std::vector<std::string> complaints_;
};

}  // namespace

std::vector<std::string> namesGivenTwice(const Sources& sources) {
  NameBook book;
  for (const auto& [file, text] : sources) {
    const std::size_t slash = file.rfind('/');
    if (file.ends_with(".h"))
      book.note("a header", file.substr(slash + 1), file.substr(0, slash) + "/", 1);
    for (const NamedType& type : TypeReader(text).read())
      book.note("a type", type.name, file, type.line);
  }
  return book.complaints();
}

}  // namespace modascope::layers
