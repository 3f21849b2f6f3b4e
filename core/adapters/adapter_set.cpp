#include "core/adapters/adapter_set.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include <ATen/ATen.h>

#include "core/base/error.h"
#include "core/base/fingerprint.h"

namespace modascope {
namespace {

std::string percentText(double percent) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.2f", percent);
  return text.data();
}

/// Tells a network's weights from others of the same length.
std::string weightsFingerprint(const torch::Tensor& parameters) {
  const auto host = parameters.to(torch::kCPU).contiguous();
  return toHex(fnv1a({static_cast<const char*>(host.data_ptr()), host.nbytes()}));
}

}  // namespace

AdapterSet::AdapterSet(AdapterMethod method, const MultimodalModel& base)
    : method_(std::move(method)),
      schema_(base.describe().schema),
      layout_(base.layout()),
      fingerprint_(weightsFingerprint(base.parameters())) {
  requireAdapterKind(method_.kind);
}

void AdapterSet::requireBase(const MultimodalModel& base) const {
  if (base.layout().total() != baseParameters())
    throw Error("The adapters were learnt for a network of " + std::to_string(baseParameters()) +
                " parameters; this one has " + std::to_string(base.layout().total()) + ".");
  if (base.describe().schema != schema_)
    throw Error("The adapters were learnt for the modalities " + labelOf(schema_, schema_.all()) +
                "; this network has others.");
  if (weightsFingerprint(base.parameters()) != fingerprint_)
    throw Error("The adapters were learnt for other weights than those of this network.");
}

std::unique_ptr<Adapter> AdapterSet::adapterFor(ModalitySet set) const {
  return makeAdapter(method_, layout_, set);
}

void AdapterSet::put(ModalitySet set, const torch::Tensor& delta) {
  if (set == schema_.all())
    throw Error("All modalities together need no adapter: they are the frozen network itself.");
  std::shared_ptr<const Adapter> adapter = adapterFor(set);
  if (delta.dim() != 1 || delta.size(0) != adapter->count())
    throw Error("The adapter of " + labelOf(schema_, set) + " has " +
                std::to_string(adapter->count()) + " numbers, not " +
                std::to_string(delta.numel()) + ".");
  learnt_.insert_or_assign(set, LearntAdapter{std::move(adapter), delta.detach().clone()});
}

const LearntAdapter* AdapterSet::find(ModalitySet set) const {
  const auto found = learnt_.find(set);
  return found == learnt_.end() ? nullptr : &found->second;
}

std::vector<ModalitySet> AdapterSet::subsets() const {
  std::vector<ModalitySet> sets = allSubsets(schema_);
  std::erase_if(sets, [this](ModalitySet set) { return find(set) == nullptr; });
  return sets;
}

std::int64_t AdapterSet::learntCount(ModalitySet set) const {
  const LearntAdapter* learnt = find(set);
  return learnt ? learnt->adapter->count() : 0;
}

double AdapterSet::learntPercent(ModalitySet set) const {
  return 100.0 * static_cast<double>(learntCount(set)) / static_cast<double>(baseParameters());
}

double AdapterSet::largestPercent() const {
  double largest = 0;
  for (const auto& entry : learnt_) largest = std::max(largest, learntPercent(entry.first));
  return largest;
}

std::optional<std::string> AdapterSet::budgetWarning() const {
  const auto sets = subsets();
  const auto largest = std::max_element(
      sets.begin(), sets.end(),
      [this](ModalitySet a, ModalitySet b) { return learntCount(a) < learntCount(b); });
  if (largest == sets.end() || learntPercent(*largest) <= kBudgetPercent) return std::nullopt;
  return "The adapter of " + labelOf(schema_, *largest) + " has learnt " +
         std::to_string(learntCount(*largest)) + " numbers, " +
         percentText(learntPercent(*largest)) + " % of the network's parameters; the budget is " +
         percentText(kBudgetPercent) + " %.";
}

}  // namespace modascope
