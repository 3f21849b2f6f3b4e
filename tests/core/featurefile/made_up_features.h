#pragma once

#include <cstdint>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include "tests/core/hdf5/hdf5_writer.h"

namespace modascope {

/// A file of features from which every modality alone can tell three classes, some better: shape
/// [n, 4], sound [n, 3, 2] and colour [n, 5], on scales that differ; every tenth sample of the
/// training split lacks its colour. With `values` the labels are numbers instead.
inline void writeMadeUpFeatures(const std::filesystem::path& path, bool values = false) {
  Hdf5Writer writer(path);
  std::mt19937 rng(7);
  std::normal_distribution<float> noise;
  const auto split = [&](const std::string& group, std::size_t count) {
    std::vector<float> shape, sound, colour, numbers;
    std::vector<int> classes, absent;
    for (std::size_t i = 0; i < count; ++i) {
      const int k = static_cast<int>(i % 3);
      const auto signal = [&](int j) { return k == j % 3 ? 2.F : 0.F; };
      for (int j = 0; j < 4; ++j) shape.push_back(100 * (signal(j) + noise(rng)));
      for (int j = 0; j < 6; ++j) sound.push_back(signal(j) + noise(rng) - 5);
      for (int j = 0; j < 5; ++j) colour.push_back(0.01F * (signal(j) + noise(rng)));
      classes.push_back(k);
      numbers.push_back(static_cast<float>(k) - 1.F + 0.1F * noise(rng));
      absent.push_back(group == "/train" && i % 10 == 0 ? 1 : 0);
    }
    writer.floats(group + "/shape", {count, 4}, shape);
    writer.floats(group + "/sound", {count, 3, 2}, sound);
    writer.floats(group + "/colour", {count, 5}, colour);
    writer.integers(group + "/colour_absent", {count}, absent);
    values ? writer.floats(group + "/labels", {count}, numbers)
           : writer.integers(group + "/labels", {count}, classes);
  };
  split("/train", 90);
  split("/valid", 30);
  split("/test", 33);
}

}  // namespace modascope
