#include "core/config/config_keys.h"

#include <algorithm>
#include <regex>
#include <utility>

#include "core/networks/fact_rows.h"
#include "core/networks/method_facts.h"
#include "core/networks/network_facts.h"

namespace modascope {
namespace {

constexpr double kManySteps = 1e7;

/// Begins a key that is bound to the member that `member(config)` refers to.
template <typename MemberOf>
ConfigKey key(std::string name, std::string label, std::string words, MemberOf member) {
  ConfigKey key;
  key.key = std::move(name);
  key.label = std::move(label);
  key.words = std::move(words);
  key.get = [member](const RunConfig& config) { return ConfigValue(member(config)); };
  key.put = [member](RunConfig& config, const ConfigValue& value) {
    auto& place = member(config);
    place = std::get<std::decay_t<decltype(place)>>(value);
  };
  key.standard = key.get(RunConfig{});
  return key;
}

ConfigKey between(double least, double most, ConfigKey key) {
  key.least = least;
  key.most = most;
  return key;
}

ConfigKey inSteps(double step, ConfigKey key) {
  key.step = step;
  return key;
}

ConfigKey oneOf(std::vector<std::string> choices, ConfigKey key) {
  key.choices = std::move(choices);
  return key;
}

ConfigKey in(std::string unit, ConfigKey key) {
  key.unit = std::move(unit);
  return key;
}

ConfigKey basic(ConfigKey key) {
  key.basic = true;
  return key;
}

bool isAlphanumeric(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Fit for a folder's name everywhere, and never "..".
bool isName(const std::string& word) {
  const auto allowed = [](char c) { return isAlphanumeric(c) || c == '.' || c == '_' || c == '-'; };
  return !word.empty() && word.size() <= 64 && (isAlphanumeric(word[0]) || word[0] == '_') &&
         std::all_of(word.begin(), word.end(), allowed);
}

bool isCudaDevice(const std::string& word) {
  return word.size() > 5 && word.size() <= 8 && word.starts_with("cuda:") &&
         std::all_of(word.begin() + 5, word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool isPatientPattern(const std::string& word) {
  try {
    return std::regex(word).mark_count() == 1;
  } catch (const std::regex_error&) {
    return false;
  }
}

ConfigKey patients(ConfigKey key) {
  key.also = "a regular expression with one group, such as (.*)_[0-9]+";
  key.fits = isPatientPattern;
  return oneOf({"auto", "case"}, std::move(key));
}

ConfigKey name(ConfigKey key) {
  key.also = "a name of letters, digits, '.', '_' and '-' that begins with a letter or digit";
  key.fits = isName;
  return key;
}

ConfigKey device(ConfigKey key) {
  key.also = "cuda:N";
  key.fits = isCudaDevice;
  return oneOf({"auto", "cpu"}, std::move(key));
}

std::vector<ConfigKey> modelKeys() {
  return {
      basic(oneOf(networkNames(), key(
                                      "model.kind", "Network", wordsOnNetworks(),
                                      [](auto& c) -> auto& { return c.model.kind; }))),
      basic(inSteps(0.25, between(0.25, 2,
                                  key(
                                      "model.width", "Width",
                                      "The first level has 32 × width channels, which must be a "
                                      "multiple of 8; each level below doubles them.",
                                      [](auto& c) -> auto& { return c.model.width; })))),
      basic(inSteps(8, between(8, 1024,
                               key(
                                   "model.embedding", "Embedding",
                                   "Width of a transformer, a multiple of 8 and of the heads.",
                                   [](auto& c) -> auto& { return c.model.embedding; })))),
      basic(
          between(1, 12,
                  key(
                      "model.layers", "Layers", "Blocks of a transformer, or of each stage of it.",
                      [](auto& c) -> auto& { return c.model.layers; }))),
      between(1, 16,
              key(
                  "model.heads", "Heads", "Of a transformer's attention.",
                  [](auto& c) -> auto& { return c.model.heads; })),
  };
}

std::vector<ConfigKey> learningKeys() {
  return {
      basic(
          oneOf(namesOf(gradientMethods()), key(
                                                "train.method", "Method", wordsOnGradientMethods(),
                                                [](auto& c) -> auto& { return c.train.method; }))),
      oneOf({"dice+bce", "dice", "cross-entropy", "l1", "mse"},
            key(
                "train.loss", "Loss",
                "Of regions: dice is soft Dice alone, as in the papers; dice+bce adds binary "
                "cross-entropy and learns faster from few patients. Of classes: cross-entropy. Of "
                "numbers: l1, the mean absolute error, or mse, the mean squared one.",
                [](auto& c) -> auto& { return c.train.loss; })),
      basic(in("steps", between(1, kManySteps,
                                key(
                                    "train.steps", "Steps", "How many optimisation steps to take.",
                                    [](auto& c) -> auto& { return c.train.steps; })))),
      basic(in("cases", between(1, 512,
                                key(
                                    "train.batch", "Batch",
                                    "Cases (of volumes and images one crop of each) in a step.",
                                    [](auto& c) -> auto& { return c.train.batch; })))),
      basic(in("voxels",
               inSteps(16, between(16, 256,
                                   key(
                                       "train.crop", "Crop",
                                       "Edge of the cube or square that is cut from a volume or "
                                       "an image; the network halves it, so it is a multiple of "
                                       "16.",
                                       [](auto& c) -> auto& { return c.train.crop; }))))),
      basic(between(1e-7, 1,
                    key(
                        "train.lr", "Learning rate",
                        "Adam's learning rate at the first step; it falls to 0 as "
                        "(1 - t/T)^0.9 over all steps.",
                        [](auto& c) -> auto& { return c.train.lr; }))),
      between(0, 1,
              key(
                  "train.weight_decay", "Weight decay", "Coupled L2 penalty on all parameters.",
                  [](auto& c) -> auto& { return c.train.weightDecay; })),
  };
}

std::vector<ConfigKey> samplingKeys() {
  return {
      between(
          0, 1,
          key(
              "train.foreground", "Crops on regions",
              "Part of the crops that are centred on a voxel of a region; the others lie anywhere.",
              [](auto& c) -> auto& { return c.train.foreground; })),
      between(0, 1,
              key(
                  "train.flip", "Flips", "Probability of mirroring a crop, for each axis.",
                  [](auto& c) -> auto& { return c.train.flip; })),
      basic(between(0, 9007199254740992.0,
                    key(
                        "train.seed", "Seed",
                        "Fixes every random choice: the same seed, data and device repeat a run.",
                        [](auto& c) -> auto& { return c.train.seed; }))),
  };
}

std::vector<ConfigKey> recordingKeys() {
  return {
      in("steps", between(1, kManySteps,
                          key(
                              "train.checkpoint_every", "Checkpoint every",
                              "How often the run is saved, so that it can go on after a crash.",
                              [](auto& c) -> auto& { return c.train.checkpointEvery; }))),
      in("minutes", between(0, 1440,
                            key(
                                "train.checkpoint_minutes", "Checkpoint after",
                                "The run is also saved when so much time has passed; 0 is never.",
                                [](auto& c) -> auto& { return c.train.checkpointMinutes; }))),
      in("steps", between(0, kManySteps,
                          key(
                              "train.snapshot_every", "Snapshot every",
                              "How often the weights alone are kept, to look back at them later; "
                              "0 is never.",
                              [](auto& c) -> auto& { return c.train.snapshotEvery; }))),
      in("steps", between(0, kManySteps,
                          key(
                              "train.observe_every", "Observe every",
                              "How often joint training measures each subset's gradient; 0 is "
                              "never. gmd has them at every step.",
                              [](auto& c) -> auto& { return c.train.observeEvery; }))),
      in("steps", between(0, kManySteps,
                          key(
                              "train.validate_every", "Validate every",
                              "How often the validation cases are scored; 0 is never.",
                              [](auto& c) -> auto& { return c.train.validateEvery; }))),
  };
}

std::vector<ConfigKey> gmdKeys() {
  return {
      oneOf({"all", "singletons", "pairs", "leave-one-out", "full"},
            key(
                "gmd.subsets", "Subsets",
                "Which subsets of modalities are trained, by any method: all; single modalities; "
                "pairs; all but one; or only the full set, as if nothing were ever missing.",
                [](auto& c) -> auto& { return c.gmd.subsets; })),
      in("subsets", between(0, 255,
                            key(
                                "gmd.subsets_per_step", "Subsets a step",
                                "So many of them are drawn for each step; 0 takes them all.",
                                [](auto& c) -> auto& { return c.gmd.subsetsPerStep; }))),
      oneOf({"mean", "sum"}, key(
                                 "gmd.merge", "Merge",
                                 "How the decoupled gradients of shared parameters become one.",
                                 [](auto& c) -> auto& { return c.gmd.merge; })),
      oneOf({"all", "shared"},
            key(
                "gmd.conflict_over", "Conflicts over",
                "Which parameters decide whether two gradients conflict: all, as the released code "
                "does, or the shared ones.",
                [](auto& c) -> auto& { return c.gmd.conflictOver; })),
      between(0, 0.5,
              key(
                  "gmd.tolerance", "Tolerance",
                  "Part of the energy of a modality's backward signals that may be left out, so "
                  "that fewer backward passes stand for all subsets; 0 is exact.",
                  [](auto& c) -> auto& { return c.gmd.tolerance; })),
      in("steps", between(0, kManySteps,
                          key(
                              "gmd.audit_every", "Audit every",
                              "How often a step with a tolerance is compared with the exact one; "
                              "0 is never.",
                              [](auto& c) -> auto& { return c.gmd.auditEvery; }))),
  };
}

std::vector<ConfigKey> dataKeys() {
  return {
      oneOf({"auto", "segmentation3d", "segmentation2d", "classification", "regression"},
            key(
                "data.task", "Task",
                "What is asked of the network: auto goes by the data (whole numbers as labels are "
                "classes, others are numbers).",
                [](auto& c) -> auto& { return c.data.task; })),
      oneOf({"zscore", "minmax"},
            key(
                "data.preprocessing", "Preprocessing",
                "zscore: mean 0 and variance 1 over the non-zero voxels, clipped at the 1st and "
                "99th percentile; minmax: 0 to 1 over all voxels, as the papers' script does.",
                [](auto& c) -> auto& { return c.data.preprocessing; })),
      in("mm",
         between(0, 10,
                 key(
                     "data.spacing", "Voxel size",
                     "Cases are resampled to this; 0 takes the middle one of the training cases.",
                     [](auto& c) -> auto& { return c.data.spacing; }))),
      in("folds", between(0, 20,
                          key(
                              "data.folds", "Folds",
                              "Cross-validation: the training and validation cases are dealt into "
                              "so many folds; 0 keeps the cohort's own split.",
                              [](auto& c) -> auto& { return c.data.folds; }))),
      between(0, 19,
              key(
                  "data.fold", "Fold",
                  "Which fold is held out for validation, counted from 0; less than data.folds.",
                  [](auto& c) -> auto& { return c.data.fold; })),
      patients(key(
          "data.patient", "Patient",
          "Whose a case is, so that splits and folds that are made here keep a patient's cases "
          "together: auto goes by the ids that data sets use (BraTS-GLI-00001-100, "
          "sub-01_ses-02, video[3]); case takes each for a patient of its own; the group of a "
          "regular expression that matches the id is the patient.",
          [](auto& c) -> auto& { return c.data.patient; })),
  };
}

std::vector<ConfigKey> runKeys() {
  return {
      in("threads", between(0, 256,
                            key(
                                "compute.threads", "Threads",
                                "Of the processor; 0: one for each core that may be used.",
                                [](auto& c) -> auto& { return c.compute.threads; }))),
      device(key(
          "compute.device", "Device",
          "Where to compute: auto takes a graphics processor where there is one.",
          [](auto& c) -> auto& { return c.compute.device; })),
      oneOf({"float32", "bfloat16"},
            key(
                "compute.precision", "Precision",
                "bfloat16 multiplies 8-bit significands in convolutions and sums in float32: steps "
                "are about 1.5 times as fast on processors that know it. Of " +
                    networksWithBFloat16() + " on the processor only.",
                [](auto& c) -> auto& { return c.compute.precision; })),
      name(key(
          "run.experiment", "Experiment", "The folder that groups runs.",
          [](auto& c) -> auto& { return c.run.experiment; })),
      basic(name(key(
          "run.name", "Name", "Part of the run's folder name.",
          [](auto& c) -> auto& { return c.run.name; }))),
  };
}

}  // namespace

const std::vector<ConfigKey>& configKeys() {
  static const std::vector<ConfigKey> keys = [] {
    std::vector<ConfigKey> all;
    for (auto part : {modelKeys(), learningKeys(), samplingKeys(), recordingKeys(), gmdKeys(),
                      dataKeys(), runKeys()}) {
      all.insert(all.end(), part.begin(), part.end());
    }
    return all;
  }();
  return keys;
}

}  // namespace modascope
