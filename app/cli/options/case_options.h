#pragma once

#include <filesystem>
#include <string>

#include "app/work/trained_run.h"
#include "core/data/case.h"

namespace CLI {
class App;
}

namespace modascope {

/// --run, --case, --modalities, --checkpoint and --device of a command that looks at one case
/// through a trained run. Must live as long as the parser.
struct CaseOptions {
  std::filesystem::path run;
  std::filesystem::path folder;
  std::string modalities;
  std::string checkpoint = "last";
  std::string device = "auto";

  void addTo(CLI::App& command);
  TrainedRun openRun() const;
  /// Says the case's notes on stderr. Throws `Error` when it cannot be used.
  Case read() const;
  /// Those named, or all that the case has. Throws `Error` when it lacks one of them.
  ModalitySet setOf(const Case& patient, const ModalitySchema& schema) const;
};

}  // namespace modascope
