#include "core/cohort/splits.h"

#include <algorithm>
#include <fstream>
#include <set>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/fingerprint.h"
#include "core/base/seed.h"
#include "core/problem/case_words.h"

namespace modascope {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

[[noreturn]] void throwMisunderstood(const fs::path& file, const std::string& what) {
  throw Error(file.string() + " is not understood: " + what +
              "; expected {\"train\": [\"case\", …], \"valid\": [\"case\", …]}.");
}

std::vector<std::string> idsOf(const fs::path& file, const std::string& split, const Json& list) {
  if (!list.is_array()) throwMisunderstood(file, "\"" + split + "\" is no list");
  std::vector<std::string> ids;
  for (const Json& id : list) {
    if (!id.is_string()) throwMisunderstood(file, "\"" + split + "\" holds more than case names");
    ids.push_back(id.get<std::string>());
  }
  return ids;
}

/// "a, b, c and 4 more"
std::string listed(const std::vector<std::string>& names) {
  constexpr std::size_t kMost = 3;
  std::string text;
  for (std::size_t i = 0; i < std::min(names.size(), kMost); ++i) {
    text += (i == 0 ? "" : ", ") + names[i];
  }
  if (names.size() > kMost) text += " and " + std::to_string(names.size() - kMost) + " more";
  return text;
}

bool canTrain(const CaseInfo& info) {
  return info.usable() && info.segmentationPresence == Presence::Present;
}

/// Training and validation need a segmentation; other parts may be for prediction only.
bool fits(const CaseInfo& info, const std::string& split) {
  return split == "train" || split == "valid" ? canTrain(info) : info.usable();
}

std::vector<std::string> usableIds(const Cohort& cohort, const std::string& split,
                                   const std::vector<std::string>& ids,
                                   std::vector<std::string>& notes) {
  std::vector<std::string> kept, missing, unfit;
  for (const std::string& id : ids) {
    const CaseInfo* info = cohort.find(id);
    (info == nullptr ? missing : fits(*info, split) ? kept : unfit).push_back(id);
  }
  const std::string name = "The split \"" + split + "\"";
  const std::string nouns(casesWord(cohort.task));
  if (!missing.empty()) {
    notes.push_back(name + " names " + nouns + " that are not here: " + listed(missing) + ".");
  }
  if (!unfit.empty()) {
    notes.push_back(name + " names " + nouns + " that cannot be used (excluded, or no " +
                    truthWord(cohort.task) + "): " + listed(unfit) + ".");
  }
  return kept;
}

void noteSharedCases(const Splits& splits, std::vector<std::string>& notes) {
  const auto train = splits.find("train");
  const auto valid = splits.find("valid");
  if (train == splits.end() || valid == splits.end()) return;
  const std::set<std::string> trained(train->second.begin(), train->second.end());
  std::vector<std::string> shared;
  std::copy_if(valid->second.begin(), valid->second.end(), std::back_inserter(shared),
               [&](const std::string& id) { return trained.contains(id); });
  if (shared.empty()) return;
  notes.push_back("These cases are in \"train\" and in \"valid\", so validation flatters: " +
                  listed(shared) + ".");
}

Splits statedSplits(const Cohort& cohort, std::vector<std::string>& notes) {
  Splits splits;
  for (const auto& [name, ids] : *cohort.splits) {
    std::vector<std::string> usable = usableIds(cohort, name, ids, notes);
    if (usable.empty() && name != "train")
      notes.push_back("The split \"" + name + "\" holds nothing; it is passed over.");
    else
      splits[name] = std::move(usable);
  }
  const bool any = std::any_of(splits.begin(), splits.end(),
                               [](const auto& split) { return !split.second.empty(); });
  if (!any) {
    throw Error((cohort.folder / "split.json").string() +
                " names no case that is here and usable.");
  }
  return splits;
}

/// Sorted, as cases are.
std::vector<std::string> trainableIds(const Cohort& cohort) {
  std::vector<std::string> ids;
  for (const CaseInfo& info : cohort.cases) {
    if (canTrain(info)) ids.push_back(info.id);
  }
  if (ids.empty()) {
    throw Error(cohort.folder.string() +
                " holds no usable case with a segmentation; `modascope check` says why.");
  }
  return ids;
}

void shuffle(std::vector<std::string>& ids, std::mt19937_64 rng) {
  for (std::size_t i = ids.size() - 1; i > 0; --i) std::swap(ids[i], ids[below(rng, i + 1)]);
}

Splits madeSplits(const Cohort& cohort, std::uint64_t seed, std::vector<std::string>& notes) {
  std::vector<std::string> ids = trainableIds(cohort);
  if (ids.size() == 1) {
    notes.push_back("There is one case only: validation uses the case that is trained on.");
    return {{"train", ids}, {"valid", ids}};
  }
  shuffle(ids, Seed{seed}.stream("split"));
  const auto border =
      ids.begin() + static_cast<std::ptrdiff_t>(std::max<std::size_t>(1, ids.size() / 5));
  Splits splits{{"valid", {ids.begin(), border}}, {"train", {border, ids.end()}}};
  for (auto& [name, part] : splits) std::sort(part.begin(), part.end());
  return splits;
}

void requireFolds(const Folds& folds, std::size_t cases) {
  const std::string count = std::to_string(folds.count);
  if (folds.count < 2) {
    throw Error("data.folds is " + count + " and data.fold " + std::to_string(folds.held) +
                "; cross-validation needs at least two folds, and data.fold is 0 without it.");
  }
  if (folds.held >= folds.count) {
    throw Error("data.fold is " + std::to_string(folds.held) + ", but of " + count +
                " folds the last is " + std::to_string(folds.count - 1) + ": they count from 0.");
  }
  if (cases < static_cast<std::size_t>(folds.count)) {
    throw Error("data.folds is " + count + ", but there are only " + std::to_string(cases) +
                " cases to train and validate on; lower data.folds.");
  }
}

std::vector<std::string> uniteTrainAndValid(const Splits& splits) {
  std::set<std::string> all;
  for (const char* name : {"train", "valid"}) {
    if (const auto part = splits.find(name); part != splits.end())
      all.insert(part->second.begin(), part->second.end());
  }
  return {all.begin(), all.end()};
}

}  // namespace

std::optional<Splits> readSplits(const fs::path& cohortFolder) {
  const fs::path file = cohortFolder / "split.json";
  std::error_code ignored;
  if (!fs::exists(file, ignored)) return std::nullopt;
  std::ifstream input(file);
  if (!input) throw Error(file.string() + " cannot be opened: may you read it?");
  Json json;
  try {
    json = Json::parse(input);
  } catch (const Json::exception&) {
    throwMisunderstood(file, "it is no JSON");
  }
  if (!json.is_object()) throwMisunderstood(file, "it does not begin with {");
  Splits splits;
  for (const auto& [name, list] : json.items()) splits[name] = idsOf(file, name, list);
  if (splits.empty()) throwMisunderstood(file, "it names no split");
  return splits;
}

Splits splitsOf(const Cohort& cohort, std::uint64_t seed, std::vector<std::string>& notes) {
  if (!cohort.splits) return madeSplits(cohort, seed, notes);
  Splits splits = statedSplits(cohort, notes);
  noteSharedCases(splits, notes);
  return splits;
}

Splits foldSplits(const Cohort& cohort, const Folds& folds, std::vector<std::string>& notes) {
  Splits splits =
      cohort.splits ? statedSplits(cohort, notes) : Splits{{"train", trainableIds(cohort)}};
  std::vector<std::string> ids = uniteTrainAndValid(splits);
  requireFolds(folds, ids.size());
  std::uint64_t seed = kFnvStart;
  for (const std::string& id : ids) seed = fnv1a(id + '\n', seed);
  shuffle(ids, Seed{seed}.stream("folds"));
  std::vector<std::string> train, valid;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const bool held =
        i % static_cast<std::size_t>(folds.count) == static_cast<std::size_t>(folds.held);
    (held ? valid : train).push_back(ids[i]);
  }
  std::sort(train.begin(), train.end());
  std::sort(valid.begin(), valid.end());
  splits["train"] = std::move(train);
  splits["valid"] = std::move(valid);
  return splits;
}

}  // namespace modascope
