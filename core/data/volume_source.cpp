#include "core/data/volume_source.h"

#include <algorithm>
#include <array>
#include <optional>

#include "core/base/words.h"
#include "core/cohort/voxel_look.h"
#include "core/data/case_store.h"
#include "core/data/sampler.h"
#include "core/volume/resample.h"
#include "core/volume/volume_io.h"

namespace modascope {
namespace {

/// Of the case's first modality; nothing if its header cannot be read any more.
std::optional<Vec3> spacingOf(const CaseInfo& info) {
  for (const ModalityFile& modality : info.modalities) {
    if (modality.presence != Presence::Present) continue;
    try {
      return reorientedGrid(readHeader(modality.file).grid).spacing;
    } catch (const Error&) {
      return std::nullopt;
    }
  }
  return std::nullopt;
}

std::vector<std::string> warnings(const std::vector<CaseInfo>& cases) {
  constexpr std::size_t kNamed = 10;
  std::vector<std::string> notes;
  std::size_t warned = 0;
  for (const CaseInfo& info : cases)
    if (info.verdict == Verdict::Warn && !info.notes.empty() && ++warned <= kNamed)
      notes.push_back(info.id + ": " + joined(info.notes, " "));
  if (warned > kNamed)
    notes.push_back(std::to_string(warned - kNamed) +
                    " more have notes; `modascope check` says which.");
  return notes;
}

}  // namespace

VolumeSource::VolumeSource(const Cohort& cohort)
    : problem_(cohort.problem), notes_(warnings(cohort.cases)) {}

DataFit VolumeSource::fit(const std::vector<CaseInfo>& cases, const FitOptions& options) const {
  if (options.spacing > 0) return {std::vector<double>(3, options.spacing), {}};
  std::array<std::vector<double>, 3> lengths;
  for (const CaseInfo& info : cases)
    if (const auto spacing = spacingOf(info))
      for (std::size_t axis = 0; axis < 3; ++axis) lengths[axis].push_back((*spacing)[axis]);
  if (lengths[0].empty())
    throw Error("None of the training cases can be read: their headers say no voxel size.");
  DataFit fit;
  for (auto& along : lengths) {
    const auto half = along.begin() + static_cast<std::ptrdiff_t>((along.size() - 1) / 2);
    std::nth_element(along.begin(), half, along.end());
    fit.spacing.push_back(*half);
  }
  return fit;
}

std::shared_ptr<const Sampler> VolumeSource::sampler(const TrainingCases& training,
                                                     const SamplerOptions& options) const {
  const auto store = std::make_shared<CaseStore>(training.cases, spacingOf(training.fit),
                                                 preprocessingFrom(training.preprocessing));
  if (training.watch.read) store->setCheck(training.watch.read);
  return std::make_shared<const CropSampler>(
      options, store->size(), problem_,
      [store, cases = training.cases, watch = training.watch](std::size_t index) {
        return watch.watching(cases[index], [&] { return store->get(index); });
      });
}

CaseInfo VolumeSource::look(const CaseInfo& headers, const std::stop_token& stop) const {
  return lookAtVoxels(headers, stop);
}

Vec3 spacingOf(const DataFit& fit) {
  if (fit.spacing.size() != 3) throw Error("The network was not trained on volumes.");
  return {fit.spacing[0], fit.spacing[1], fit.spacing[2]};
}

}  // namespace modascope
