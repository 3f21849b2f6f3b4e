#pragma once

#include <filesystem>
#include <stop_token>
#include <string>

#include "core/featurefile/feature_arrays.h"

namespace modascope {

/// A sequence of the CMU Multimodal SDK by its name: .csd, upper or lower case.
bool isSequenceName(const std::filesystem::path& path);

/// Opens a folder of computational sequences of the CMU Multimodal SDK, as downloaded or aligned:
///
///     *.csd                one a modality, by the name that the sequence calls itself; text (word
///                          vectors, BERT) first
///     the one of labels    by its name; its intervals are the segments "<video>[k]", the first
///                          column of its features is the value to be estimated
///     one of words         gives each segment its transcript
///     train.txt …          names of videos, one a line; also valid.txt and test.txt. Without: 70,
///                          10 and 20 of 100 videos, by a hash of their names
///
/// A segment holds `steps` vectors of each modality: its time is cut into so many equal parts, and
/// a part is the mean of the finite numbers of the vectors whose interval has its middle there. A
/// part without any is NaN: it is taken for the mean of training. A segment in which no vector of a
/// modality falls lacks that modality. Labels as those of MOSI and MOSEI are sentiment. Throws
/// `Error` naming the file, what was found and what was expected.
constexpr std::size_t kSequenceSteps = 20;
FeatureFileInfo inspectSequences(const std::filesystem::path& folder,
                                 std::size_t steps = kSequenceSteps, std::stop_token stop = {});
FeatureArrays readSequences(const FeatureFileInfo& info, const std::string& split,
                            std::stop_token stop = {});

}  // namespace modascope
