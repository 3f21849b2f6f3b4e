#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tests/layers/include_check.h"

namespace modascope::layers {

/// What the rules of the house do not hold for, read from house_exceptions.txt, whose head explains
/// the format.
struct HouseExceptions {
  std::set<std::string> crowdedFolders = {};
  std::vector<std::set<std::string>> rings = {};  ///< the modules of each
  std::set<std::string> bigModules = {};

  /// Throws `std::runtime_error` naming the line that is not understood or gives no reason.
  static HouseExceptions parse(std::string_view text);
};

/// The most files, .h and .cpp, that a folder has room for.
inline constexpr int kFilesInFolder = 27;

/// The most lines of a module: a header, its source, and sources that go on with it, as do
/// x_input.cpp and x_words.cpp with x.h.
inline constexpr int kLinesInModule = 430;

/// What is against the rules, one line each: rings of includes, folders with more files than they
/// have room for, and modules that are too long for one class. Exceptions that nothing needs any
/// more are told as well.
std::vector<std::string> houseComplaints(const Sources& sources, const HouseExceptions& exceptions);

}  // namespace modascope::layers
