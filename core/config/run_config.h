#pragma once

#include <cstdint>
#include <string>

namespace modascope {

/// Every setting of a run. What each means, its unit and its range stand in config_keys.cpp, once.
struct RunConfig {
  struct Model {
    std::string kind = "ds-norm";
    double width = 0.25;
    std::int64_t embedding = 128;
    std::int64_t layers = 2;
    std::int64_t heads = 4;
    bool operator==(const Model&) const = default;
  } model;
  struct Train {
    std::string method = "gmd";
    std::string loss = "dice+bce";
    std::int64_t steps = 600;
    std::int64_t batch = 1;
    std::int64_t crop = 48;
    double lr = 3e-3;
    double weightDecay = 1e-5;
    double foreground = 0.5;
    double flip = 0.5;
    std::int64_t seed = 1;
    std::int64_t checkpointEvery = 100;
    double checkpointMinutes = 5;
    std::int64_t snapshotEvery = 0;
    std::int64_t observeEvery = 25;
    std::int64_t validateEvery = 200;
    bool operator==(const Train&) const = default;
  } train;
  struct Gmd {
    std::string subsets = "all";
    std::int64_t subsetsPerStep = 0;
    std::string merge = "mean";
    std::string conflictOver = "all";
    double tolerance = 0;
    std::int64_t auditEvery = 100;
    bool operator==(const Gmd&) const = default;
  } gmd;
  struct Data {
    std::string task = "auto";
    std::string preprocessing = "zscore";
    double spacing = 0;
    std::int64_t folds = 0;
    std::int64_t fold = 0;
    std::string patient = "auto";
    bool operator==(const Data&) const = default;
  } data;
  struct Compute {
    std::int64_t threads = 0;
    std::string device = "auto";
    std::string precision = "float32";
    bool operator==(const Compute&) const = default;
  } compute;
  struct Run {
    std::string experiment = "default";
    std::string name = "run";
    bool operator==(const Run&) const = default;
  } run;

  bool operator==(const RunConfig&) const = default;
};

}  // namespace modascope
