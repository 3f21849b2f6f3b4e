#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "core/runs/run_store.h"

namespace modascope {

/// A run as a list shows it, without its network.
struct RunSummary {
  std::filesystem::path folder;
  RunStatus status;
  std::string method;              ///< "gmd"
  bool adaptation = false;         ///< a network of another run with adapters
  std::optional<Problem> problem;  ///< nothing where the run ended before it was written down
  std::string whyNot;              ///< it cannot be opened, as a sentence; empty where it can
  std::optional<double> score;     ///< the main one of the last validation that was recorded
  std::string scoreName;           ///< "mean Dice"
};

/// Looks at every run below a folder, newest first, and remembers what does not change: a second
/// look reads little. May take long where there are many: on a thread of its own.
class RunSurvey {
 public:
  /// Those read so far when stopped.
  std::vector<RunSummary> look(const std::filesystem::path& runs, std::stop_token stop = {});

 private:
  struct Stamp {
    std::filesystem::file_time_type config, manifest, metrics;
    std::uintmax_t metricsSize = 0;
    bool operator==(const Stamp&) const = default;
  };
  struct Known {
    Stamp stamp;
    RunSummary summary;
  };
  static Stamp stampOf(const RunFolder& run);
  RunSummary summaryOf(const RunFolder& run);

  std::map<std::filesystem::path, Known> known_;
};

/// Whether a network made for `run` can look at these data.
bool fits(const Problem& run, const Problem& data);

/// Which one to look at first: the newest that is finished, else the one that has come farthest;
/// of those that can be opened and fit, if data are given. Nothing where there is none.
const RunSummary* firstToOpen(std::span<const RunSummary> runs,
                              const std::optional<Problem>& data = std::nullopt);

/// What a path is, whoever gave it.
enum class PathKind { Run, Config, Demo, Data };
struct NamedPath {
  PathKind kind = PathKind::Data;
  std::filesystem::path path;  ///< of a run its folder, also where something in it was named
};
/// A run's folder, its checkpoints and what else lies in it are the run; a TOML file is settings;
/// a .demo file is a demonstration; all else is data, or nothing that is known.
NamedPath whatIs(const std::filesystem::path& path);

}  // namespace modascope
