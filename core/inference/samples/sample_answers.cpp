#include "core/inference/samples/sample_answers.h"

#include "core/base/error.h"

namespace modascope {

SampleAnswers::SampleAnswers(const Problem& problem, Sample sample, SamplePredictions predictions)
    : problem_(problem), sample_(std::move(sample)), predictions_(std::move(predictions)) {}

torch::Tensor SampleAnswers::outputs(ModalitySet set) const {
  if (!available().contains(set))
    throw Error(inQuotes(sample_.id) + " does not have all of the modalities that were asked for.");
  return predictions_.outputs(set)[0];
}

std::vector<torch::Tensor> SampleAnswers::standInParts() const {
  std::vector<torch::Tensor> parts;
  if (const auto& instead = predictions_.standIns())
    for (const ModalityId id : problem_.schema.ids())
      parts.push_back(
          instead->x[0].narrow(0, problem_.inputs.offset(id), problem_.inputs[id].size()));
  return parts;
}

std::vector<float> floatsOf(const torch::Tensor& t) {
  const torch::Tensor host = t.to(torch::kCPU, torch::kFloat32).contiguous();
  return {host.data_ptr<float>(), host.data_ptr<float>() + host.numel()};
}

}  // namespace modascope
