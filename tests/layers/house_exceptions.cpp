#include "tests/layers/house_exceptions.h"

#include <algorithm>
#include <sstream>
#include <stdexcept>

#include "tests/layers/include_rings.h"

namespace modascope::layers {
namespace {

std::set<std::string> wordsOf(const std::string& text) {
  std::istringstream stream(text);
  std::set<std::string> words;
  for (std::string word; stream >> word;) words.insert(word);
  return words;
}

std::map<std::string, int> folderSizes(const Sources& sources) {
  std::map<std::string, int> sizes;
  for (const auto& [file, text] : sources) ++sizes[file.substr(0, file.rfind('/'))];
  return sizes;
}

bool isExcepted(const IncludeRing& ring, const std::set<std::string>& exception) {
  return std::includes(exception.begin(), exception.end(), ring.modules.begin(),
                       ring.modules.end());
}

void lookAtFolders(const Sources& sources, const std::set<std::string>& excepted,
                   std::vector<std::string>& complaints) {
  const auto sizes = folderSizes(sources);
  for (const auto& [folder, size] : sizes)
    if (size > kFilesInFolder && excepted.count(folder) == 0)
      complaints.push_back(folder + " has " + std::to_string(size) + " files, more than " +
                           std::to_string(kFilesInFolder) + ": make rooms in it");
  for (const std::string& folder : excepted)
    if (sizes.count(folder) == 0 || sizes.at(folder) <= kFilesInFolder)
      complaints.push_back(folder + " is no longer crowded: take its line away");
}

void lookAtRings(const Sources& sources, const std::vector<std::set<std::string>>& excepted,
                 std::vector<std::string>& complaints) {
  const auto rings = includeRings(sources);
  for (const IncludeRing& ring : rings)
    if (std::none_of(excepted.begin(), excepted.end(),
                     [&](const auto& exception) { return isExcepted(ring, exception); }))
      complaints.push_back("includes go round: " + ring.words);
  for (const auto& exception : excepted)
    if (std::none_of(rings.begin(), rings.end(),
                     [&](const IncludeRing& ring) { return isExcepted(ring, exception); }))
      complaints.push_back(*exception.begin() +
                           " is no longer in a ring of includes: take its line away");
}

/// The longest header of the folder that the source's name begins with; the source itself where
/// there is none.
std::string moduleOf(const std::string& file, const Sources& sources) {
  std::string stem = file.substr(0, file.rfind('.'));
  const std::string own = stem;
  while (sources.count(stem + ".h") == 0) {
    const std::size_t cut = stem.rfind('_');
    if (cut == std::string::npos || cut < own.rfind('/')) return own;
    stem.resize(cut);
  }
  return stem;
}

void lookAtModules(const Sources& sources, const std::set<std::string>& excepted,
                   std::vector<std::string>& complaints) {
  std::map<std::string, long> lines;
  for (const auto& [file, text] : sources)
    lines[moduleOf(file, sources)] += std::count(text.begin(), text.end(), '\n');
  for (const auto& [module, count] : lines)
    if (count > kLinesInModule && excepted.count(module) == 0)
      complaints.push_back(module + " has " + std::to_string(count) + " lines, more than " +
                           std::to_string(kLinesInModule) + ": look for the second class in it");
  for (const std::string& module : excepted)
    if (lines.count(module) == 0 || lines.at(module) <= kLinesInModule)
      complaints.push_back(module + " is no longer big: take its line away");
}

}  // namespace

HouseExceptions HouseExceptions::parse(std::string_view text) {
  HouseExceptions result;
  std::string section;
  int number = 0;
  const auto refuse = [&](const std::string& what) {
    throw std::runtime_error("house_exceptions.txt, line " + std::to_string(number) + ": " + what);
  };
  std::istringstream lines{std::string(text)};
  for (std::string line; std::getline(lines, line);) {
    ++number;
    if (line.empty() || line.front() == '#') continue;
    if (line.front() == '[') {
      section = line;
      continue;
    }
    const std::size_t colon = line.find(": ");
    if (colon == std::string::npos || line.size() < colon + 3) refuse("gives no reason");
    const auto names = wordsOf(line.substr(0, colon));
    if (section == "[crowded folders]")
      result.crowdedFolders.insert(names.begin(), names.end());
    else if (section == "[rings of includes]")
      result.rings.push_back(names);
    else if (section == "[big modules]")
      result.bigModules.insert(names.begin(), names.end());
    else
      refuse("stands below no heading that is known");
  }
  return result;
}

std::vector<std::string> houseComplaints(const Sources& sources,
                                         const HouseExceptions& exceptions) {
  std::vector<std::string> complaints;
  lookAtFolders(sources, exceptions.crowdedFolders, complaints);
  lookAtRings(sources, exceptions.rings, complaints);
  lookAtModules(sources, exceptions.bigModules, complaints);
  return complaints;
}

}  // namespace modascope::layers
