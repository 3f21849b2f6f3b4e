#pragma once

#include <filesystem>
#include <string>

#include "tests/core/hdf5/hdf5_writer.h"

namespace modascope {

/// A group of `count` samples of three modalities: text [n, 2], audio [n, 3, 2], vision [n, 1].
/// Sample i, number j of text is 10 i + j.
inline void writeModalities(Hdf5Writer& writer, const std::string& group, std::size_t count) {
  std::vector<float> text;
  for (std::size_t i = 0; i < 2 * count; ++i) {
    text.push_back(static_cast<float>(10 * (i / 2) + i % 2));
  }
  writer.floats(group + "/text", {count, 2}, text);
  writer.doubles(group + "/audio", {count, 3, 2}, std::vector<double>(6 * count, 0.5));
  writer.integers(group + "/vision", {count, 1}, std::vector<int>(count, 4));
}

/// Classes 0, 1, 2, 0, …
inline void writeClasses(Hdf5Writer& writer, const std::string& group, std::size_t count) {
  std::vector<int> labels;
  for (std::size_t i = 0; i < count; ++i) labels.push_back(static_cast<int>(i % 3));
  writer.integers(group + "/labels", {count}, labels);
}

}  // namespace modascope
