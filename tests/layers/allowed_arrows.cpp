#include "tests/layers/allowed_arrows.h"

#include <sstream>
#include <stdexcept>

namespace modascope::layers {

/// Goes through the file line by line; a folder may only point at what it has passed already, so
/// arrows can never form a ring.
class ArrowsReader {
 public:
  AllowedArrows read(std::string_view text) {
    std::istringstream lines{std::string(text)};
    for (std::string line; std::getline(lines, line);) {
      ++number_;
      if (line.empty() || line.front() == '#') continue;
      if (line.front() == '[') {
        ++level_;
      } else if (line.front() == ' ') {
        readArrowInsideLevel(line);
      } else {
        readFolder(line);
      }
    }
    return result_;
  }

 private:
  void readFolder(const std::string& line) {
    const auto colon = line.find(':');
    if (colon == std::string::npos) refuse("has no colon after the folder");
    folder_ = line.substr(0, colon);
    if (result_.knows(folder_)) refuse("names " + folder_ + " again");
    std::istringstream targets(line.substr(colon + 1));
    for (std::string target; targets >> target;) {
      if (levelOf(target) == level_) refuse("must give " + target + " a line with a reason");
      result_.arrows_[folder_].emplace(target, number_);
    }
    result_.arrows_[folder_];
    levels_[folder_] = level_;
  }

  void readArrowInsideLevel(const std::string& line) {
    std::istringstream words(line);
    std::string plus, target, reason;
    words >> plus >> target >> reason;
    if (plus != "+" || folder_.empty()) refuse("is not understood");
    if (target == folder_ || levelOf(target) != level_) refuse("belongs on the folder's own line");
    if (reason.empty()) refuse("gives no reason");
    result_.arrows_[folder_].emplace(target, number_);
  }

  int levelOf(const std::string& folder) const {
    const auto found = levels_.find(folder);
    if (found == levels_.end()) refuse("points at " + folder + ", which does not stand below");
    return found->second;
  }

  [[noreturn]] void refuse(const std::string& what) const {
    throw std::runtime_error("allowed_includes.txt, line " + std::to_string(number_) + ": " + what);
  }

  AllowedArrows result_;
  std::map<std::string, int> levels_;
  std::string folder_;
  int level_ = 0;
  int number_ = 0;
};

AllowedArrows AllowedArrows::parse(std::string_view text) {
  return ArrowsReader().read(text);
}

std::string AllowedArrows::roomOf(const std::string& file) const {
  const std::string folder = file.substr(0, file.rfind('/'));
  if (knows(folder)) return folder;
  for (std::string room = folder; room.find('/') != std::string::npos;
       room = room.substr(0, room.rfind('/')))
    if (knows(room)) return room;
  return folder;
}

bool AllowedArrows::allows(const std::string& from, const std::string& to) const {
  const auto found = arrows_.find(from);
  return from == to || (found != arrows_.end() && found->second.count(to) != 0);
}

}  // namespace modascope::layers
