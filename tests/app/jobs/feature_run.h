#pragma once

#include <filesystem>
#include <string>

#include "core/config/config_keys.h"
#include "tests/core/hdf5/hdf5_writer.h"

namespace modascope::testing {

/// 24 samples of text [2], audio [3 steps of 2] and vision [1], which lies in every fourth sample
/// only; labels −1.5, 0.5 or 2.5, which the text tells. The last 8 are "valid". The text of
/// each is `said` and its number.
inline std::filesystem::path writeSentiment(const std::filesystem::path& file,
                                            const std::string& said = "SAID ") {
  Hdf5Writer writer(file);
  for (const bool train : {true, false}) {
    const std::string group = train ? "train" : "valid";
    const std::size_t count = train ? 16 : 8;
    std::vector<float> text, audio, vision, labels;
    std::vector<int> absent;
    std::vector<std::string> words;
    for (std::size_t i = 0; i < count; ++i) {
      const float label = 2 * static_cast<float>(i % 3) - 1.5F;
      labels.push_back(label);
      text.insert(text.end(), {label, static_cast<float>(i)});
      for (std::size_t j = 0; j < 6; ++j) audio.push_back(static_cast<float>((i * 7 + j * 3) % 5));
      vision.push_back(static_cast<float>(i % 2));
      absent.push_back(i % 4 == 0 ? 0 : 1);
      words.push_back(said + std::to_string(i));
    }
    writer.floats(group + "/text", {count, 2}, text);
    writer.floats(group + "/audio", {count, 3, 2}, audio);
    writer.floats(group + "/vision", {count, 1}, vision);
    writer.integers(group + "/vision_absent", {count}, absent);
    writer.floats(group + "/labels", {count}, labels);
    writer.strings(group + "/raw_text", words);
  }
  return file;
}

inline RunConfig tinyFeatureConfig(std::int64_t steps) {
  RunConfig config = standardFor(Task::Regression);
  config.model.embedding = 8;
  config.model.layers = 1;
  config.model.heads = 1;
  config.train.steps = steps;
  config.train.batch = 4;
  config.train.checkpointEvery = 2;
  config.train.observeEvery = 1;
  config.compute.threads = 1;
  return config;
}

}  // namespace modascope::testing
