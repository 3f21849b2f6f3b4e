#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "tests/layers/allowed_arrows.h"

namespace modascope::layers {

/// Path from the top of the project, with '/' → the file's text.
using Sources = std::map<std::string, std::string>;

/// Every .h and .cpp below `folders` of `top`.
Sources readSources(const std::filesystem::path& top, const std::vector<std::string>& folders);

/// What is wrong with the files' includes, one line each: "core/gmd/gmd.cpp:3: …". Checked are the
/// arrows between folders, how includes are written, and where Qt, torch, ITK, DCMTK, VTK and their
/// like may be named (or, for torch and ITK, be seen through other headers).
std::vector<std::string> complaintsAbout(const Sources& sources, const AllowedArrows& arrows);
/// The arrows that no include follows, one line each: "allowed_includes.txt:12: …".
std::vector<std::string> idleArrows(const Sources& sources, const AllowedArrows& arrows);

}  // namespace modascope::layers
