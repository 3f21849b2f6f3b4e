#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/imagefolder/image_folder_info.h"

namespace modascope {

/// Everything that has a name in one of the folders. No file has been opened.
std::map<std::string, ImageCase> findImageCases(const std::filesystem::path& folder,
                                                const ImageLayout& layout,
                                                std::vector<std::string>& notes);

/// The splits of the lists, or hashed ones. Throws `Error` when a list names a case that is not
/// there, or when "train" is empty.
std::vector<ImageSplit> imageSplits(const std::filesystem::path& folder, const ImageLayout& layout,
                                    const std::map<std::string, ImageCase>& cases,
                                    std::vector<std::string>& notes);

/// What reading a file of the case throws becomes the case's problem, but for what is the system's
/// fault. Nothing is read of a case that has one.
template <typename Read>
void readForCase(ImageCase& one, Read read) {
  if (!one.problem.empty()) return;
  try {
    read();
  } catch (const Error& error) {
    if (error.fault() == Fault::System) throw;
    one.problem = error.what();
  }
}

/// Reads the headers: fills in height and width, and says how many channels each modality has.
/// Throws `Error` when two pictures of a case differ in size.
std::vector<std::int64_t> measureImages(std::map<std::string, ImageCase>& cases,
                                        const ImageLayout& layout);

/// How many channels a picture gives to a part: 1 or 3, or fewer of four.
std::size_t channelsIn(const ImagePart& part, std::size_t stored);

}  // namespace modascope
