#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace modascope {

/// Which channels of a folder's pictures belong to a modality.
enum class Channels {
  All,     ///< without transparency
  Colour,  ///< the first three of four
  Fourth   ///< the fourth of four
};

struct ImagePart {
  std::string folder;
  Channels channels = Channels::All;
};

/// A modality and the folders whose channels it consists of, one after the other.
struct ImageModality {
  std::string key;    ///< "depth"
  std::string label;  ///< "Depth"
  std::vector<ImagePart> parts;
};

/// Which folder of a data set is what.
struct ImageLayout {
  std::vector<ImageModality> modalities;  ///< in their order
  std::string labelFolder;
  std::vector<std::string> notes;  ///< which folders were passed over
  std::size_t cutLeft = 0;         ///< columns of every picture and label that do not count
};

/// Throws `Error` when there is no folder of labels, or none with pictures.
ImageLayout imageLayout(const std::filesystem::path& folder);

/// The first folder inside that has one of these names, upper or lower case; empty if none has.
std::string folderNamed(const std::filesystem::path& folder, const std::vector<std::string>& names);

}  // namespace modascope
