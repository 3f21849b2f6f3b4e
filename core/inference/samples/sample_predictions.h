#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

#include <torch/types.h>

#include "core/data/sample.h"
#include "core/inference/samples/score_pool.h"
#include "core/metrics/subset_table.h"
#include "core/models/model.h"
#include "core/problem/problem.h"

namespace modascope {

/// What a network is given in the place of modalities that are left out of a set.
struct StandIns {
  torch::Tensor x;    ///< [N, C, …]
  ModalitySet given;  ///< the network is told that these are there, intact or not
};

/// What a network says of some samples of one size. With late fusion every modality runs once and
/// any subset is the mean of its logits; other networks run once for a subset.
class SamplePredictions {
 public:
  /// x [N, C, …]
  SamplePredictions(std::shared_ptr<const MultimodalModel> model, torch::Tensor x);
  SamplePredictions(std::shared_ptr<const MultimodalModel> model, const InputLayout& inputs,
                    torch::Tensor x, StandIns standIns);

  /// f [N, K, …] on the processor. Samples that lack a modality of the set are looked at as if it
  /// were there, all zeros.
  torch::Tensor outputs(ModalitySet set) const;
  const std::optional<StandIns>& standIns() const { return standIns_; }

 private:
  torch::Tensor branchesOf(const torch::Tensor& x) const;
  torch::Tensor withStandIns(ModalitySet set) const;

  std::shared_ptr<const MultimodalModel> model_;
  InputLayout inputs_;
  torch::Tensor x_;
  std::optional<StandIns> standIns_;
  torch::Tensor branches_;         ///< [N, M, K, …]; undefined without late fusion
  torch::Tensor standInBranches_;  ///< as well
};

/// Scores of every subset over any number of samples, in the columns of the task.
class SampleScores {
 public:
  /// `subsets`: which; empty for all.
  explicit SampleScores(const Problem& problem, std::vector<ModalitySet> subsets = {});

  /// Outputs f [N, K, …] for samples that have all of the set, and their truth y [N, K, …].
  void add(ModalitySet set, const torch::Tensor& f, const torch::Tensor& y);
  SubsetTable table() const;

 private:
  struct Pool {
    ModalitySet set;
    std::unique_ptr<ScorePool> outputs;
    int samples = 0;
  };

  Problem problem_;
  std::vector<Pool> pools_;
};

struct SampleEvaluation {
  std::size_t count = 0;
  /// Nothing: the sample is left out.
  std::function<std::optional<Sample>(std::size_t)> load;
  std::size_t chunk = 128;                ///< samples at a time; all of one size
  std::vector<ModalitySet> subsets = {};  ///< empty for all
  /// x [C, …] in the place of a sample whose modalities are not all in the subset. Only samples
  /// that have all modalities then.
  std::function<torch::Tensor(std::size_t)> standIn = {};
  /// Hears of every sample's own table; costs time.
  std::function<void(const std::string& id, const SubsetTable&)> each = {};
};
/// Nothing when stopped.
std::optional<SubsetTable> scoreSamples(const std::shared_ptr<const MultimodalModel>& model,
                                        const Problem& problem, const SampleEvaluation& samples,
                                        std::stop_token stop = {});

}  // namespace modascope
