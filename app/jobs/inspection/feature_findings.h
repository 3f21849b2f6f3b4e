#pragma once

#include <string>
#include <utility>

#include "app/jobs/inspection/inspection.h"
#include "app/jobs/inspection/split_scores.h"
#include "app/work/looking/sample_look.h"

namespace modascope {

/// A sample to look at, with what the training labels are like.
struct LoadedSample : InspectedCase {
  explicit LoadedSample(Problem about) : problem(std::move(about)) {}

  Problem problem;
  SampleLook look;
  LabelFacts labels;
};

/// What a network says of it from every subset; large, and made once. `set` is all that it has.
struct SampleAnswer : InspectionAnswer {
  SampleAnswer(SubsetOutputs all, Contributions shared)
      : outputs(std::move(all)), contributions(std::move(shared)) {}

  std::string id;
  SubsetOutputs outputs;
  Contributions contributions;
  /// What the network got in the place of each modality; none where it got nothing.
  std::vector<std::vector<float>> standIns;
};

/// How every subset scores on a split; the reply are `RepliedScores`, for later runs as well.
struct SplitQuestion : InspectionQuestion {
  explicit SplitQuestion(std::string name) : split(std::move(name)) {}
  bool lasts() const override { return true; }

  std::string split;
};

struct RepliedScores : InspectionReply {
  explicit RepliedScores(SplitScores all) : scores(std::move(all)) {}

  SplitScores scores;
};

}  // namespace modascope
