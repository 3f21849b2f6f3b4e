#include "core/train/subset_choice.h"

#include <algorithm>
#include <string>

#include "core/base/error.h"
#include "core/base/seed.h"

namespace modascope {
namespace {

/// How many modalities a subset of that name has, of `most`; 0 for any number.
std::size_t sizeOf(std::string_view name, std::size_t most) {
  if (name == "all") return 0;
  if (name == "singletons") return 1;
  if (name == "pairs") return std::min<std::size_t>(2, most);
  if (name == "leave-one-out") return std::max<std::size_t>(1, most - 1);
  if (name == "full") return most;
  throw Error("gmd.subsets is " + inQuotes(std::string(name)) +
              "; it is all, singletons, pairs, leave-one-out or full.");
}

}  // namespace

std::vector<ModalitySet> namedSubsets(const ModalitySchema& schema, std::string_view name) {
  const std::size_t size = sizeOf(name, schema.size());
  std::vector<ModalitySet> subsets = allSubsets(schema);
  std::erase_if(subsets, [size](ModalitySet set) { return size != 0 && set.size() != size; });
  return subsets;
}

std::vector<ModalitySet> drawSubsets(std::vector<ModalitySet> subsets, std::size_t count,
                                     std::mt19937_64& rng) {
  if (count == 0) return subsets;
  while (subsets.size() > count)
    subsets.erase(subsets.begin() + static_cast<std::ptrdiff_t>(below(rng, subsets.size())));
  return subsets;
}

std::vector<SubsetTask> droppedTasks(const std::vector<ModalitySet>& available,
                                     const std::vector<ModalitySet>& subsets,
                                     std::mt19937_64& rng) {
  std::vector<SubsetTask> tasks;
  double counted = 0;
  for (std::size_t n = 0; n < available.size(); ++n) {
    std::vector<ModalitySet> possible = subsets;
    std::erase_if(possible, [&](ModalitySet set) { return !available[n].contains(set); });
    if (possible.empty()) continue;
    const ModalitySet drawn = possible[below(rng, possible.size())];
    auto task = std::find_if(tasks.begin(), tasks.end(),
                             [drawn](const SubsetTask& other) { return other.set == drawn; });
    if (task == tasks.end()) task = tasks.insert(tasks.end(), {drawn, {}, 0});
    task->samples.push_back(static_cast<std::int64_t>(n));
    ++counted;
  }
  for (SubsetTask& task : tasks) task.weight = static_cast<double>(task.samples.size()) / counted;
  return tasks;
}

}  // namespace modascope
