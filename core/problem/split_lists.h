#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace modascope {

/// A text file's lines without spaces around them and without empty ones; nothing if there is no
/// such file. Throws `Error` naming it when it is a pipe, too large for a list or not readable.
std::optional<std::vector<std::string>> linesOf(const std::filesystem::path& file);

/// A list of cases: "train" and the file that says which.
struct SplitList {
  std::string name;
  std::filesystem::path file;
};

/// Those that there are of train, valid and test, under any name that `standardSplit` knows, in the
/// folder, in its list_folder or its splits: "val.txt", "train_list.txt". Notes lists that are not
/// read: second ones, and those whose names say something else, such as "test_night.txt".
std::vector<SplitList> splitLists(const std::filesystem::path& folder,
                                  std::vector<std::string>& notes);

/// 70, 10 and 20 of 100 names, by a hash of the names alone: train, valid, test. Each part is in
/// the order of the names.
std::vector<std::vector<std::string>> hashedSplit(const std::vector<std::string>& names);

}  // namespace modascope
