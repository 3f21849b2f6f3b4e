#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/config/run_config.h"
#include "core/events/events.h"
#include "core/problem/data_fit.h"
#include "core/problem/moments.h"
#include "core/problem/problem.h"

namespace modascope {

/// A case that a split names and that a run does without.
struct LeftOut {
  std::string caseId;
  std::string split;
  std::string reason;
  bool lost = false;  ///< only since its files went bad while the run trained
  bool operator==(const LeftOut&) const = default;
};

/// What a run was made of, written once at its start (manifest.json).
struct RunManifest {
  explicit RunManifest(Problem asked) : problem(std::move(asked)) {}

  Problem problem;
  std::string id;                               ///< the folder's name
  std::string created;                          ///< ISO 8601 with zone
  std::map<std::string, std::string> versions;  ///< "modascope", "torch", "compiler", …
  std::uint64_t seed = 0;
  std::string device;
  std::int64_t threads = 0;    ///< of the processor; 0 where it was not written down
  std::string processor;       ///< its name; empty likewise
  std::filesystem::path data;  ///< absolute
  /// Of the contents of the training and the validation cases' files. Both are empty where a run of
  /// an older version recorded names and sizes only, and the second where nothing is validated.
  std::string dataFingerprint;
  std::string validFingerprint;
  std::string dataLayout;  ///< fingerprint of the training cases' names and sizes
  std::map<std::string, std::vector<std::string>> splits;
  std::vector<LeftOut> leftOut;  ///< of these splits
  std::vector<double> spacing;   ///< mm of the training grid
  std::vector<Moments> moments;  ///< of each modality; empty for volumes
  std::int64_t parameters = 0;

  DataFit fit() const { return {spacing, moments}; }
  void setFit(DataFit fit);
  /// Whether a case of this name is among those it was trained on: its scores then flatter.
  bool trainedOn(const std::string& caseId) const;
  /// Throws `Error`, naming both, when the network was made for other modalities than the data.
  void requireModalities(const ModalitySchema& ofData) const;
  /// Likewise where volumes have other regions.
  void requireRegions(const RegionSchema& ofData) const;
  /// Likewise where they have other shapes, or something else is asked.
  void requireProblem(const Problem& ofData) const;
};

/// How a run stands (state.json). `Running` with a dead process reads as `Interrupted`.
struct RunStatus {
  RunState state = RunState::Queued;
  std::int64_t step = 0;
  std::int64_t steps = 0;
  double seconds = 0;  ///< of training, all sessions
  std::string words;   ///< the sentence that goes with a failure
  std::int64_t pid = 0;
};

/// A run's folder: config.toml, manifest.json, data.xxh128, state.json, metrics.jsonl, log.txt,
/// checkpoints/, tensorboard/.
class RunFolder {
 public:
  /// Writes what shall be in a new folder before anything else.
  using Beginning = std::function<void(const std::filesystem::path& folder)>;

  /// A new, empty folder runs/<experiment>/<YYYYMMDD-HHMMSS>-<name>-<id4>.
  static RunFolder create(const std::filesystem::path& runs, const RunConfig& config,
                          const Beginning& first = {});
  /// This very folder: a new one, or one that is empty but for what a kill left of a beginning.
  /// Throws `Error` when it is not.
  static RunFolder createAt(const std::filesystem::path& folder, const RunConfig& config,
                            const Beginning& first = {});
  /// A folder whose beginning may have been cut short by a kill: what it lacks is written.
  static RunFolder completed(const std::filesystem::path& folder, const RunConfig& config);
  /// Throws `Error` when there is no run at `path`.
  static RunFolder open(const std::filesystem::path& path);

  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path checkpoints() const { return path_ / "checkpoints"; }
  std::filesystem::path metrics() const { return path_ / "metrics.jsonl"; }
  std::filesystem::path tensorBoard() const { return path_ / "tensorboard"; }
  std::filesystem::path predictions() const { return path_ / "predictions"; }
  /// The data's files and their hashes, as `xxh128sum` lists them.
  std::filesystem::path dataFiles() const { return path_ / "data.xxh128"; }

  RunConfig config() const;
  RunManifest manifest() const;
  RunStatus status() const;
  /// Throws `Error` while another program records into it, or did so a moment ago on another
  /// machine. With a `firm` lock in hand, nobody on this machine can.
  void requireAtRest(bool firm) const;
  void writeManifest(const RunManifest& manifest) const;
  void writeStatus(const RunStatus& status) const;

  /// Every step up to the end of the file; a half-written last line is left out.
  std::vector<StepEvent> steps() const;
  std::vector<ValidationEvent> validations() const;
  /// Removes what was recorded after `step`, for a resume from a checkpoint.
  void cutBackTo(std::int64_t step) const;

 private:
  void begin(const RunConfig& config) const;
  explicit RunFolder(std::filesystem::path path) : path_(std::move(path)) {}
  std::filesystem::path path_;
};

/// Every run below `runs`, newest first. Folders that are no runs are passed over.
std::vector<RunFolder> listRuns(const std::filesystem::path& runs);

}  // namespace modascope
