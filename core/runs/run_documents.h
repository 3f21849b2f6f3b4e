#pragma once

#include <string>
#include <string_view>

#include "core/runs/run_store.h"
#include "core/system/process_mark.h"

namespace modascope {

/// What state.json holds beyond the status: who wrote it and when.
struct StateDocument {
  RunStatus status;
  ProcessMark process;
  double heartbeat = 0;  ///< seconds since 1970
};

/// The texts of manifest.json and state.json. Reading throws `Error` with the reason, without the
/// file's name.
std::string manifestText(const RunManifest& manifest);
RunManifest manifestFrom(std::string_view text);
std::string stateText(const StateDocument& state);
StateDocument stateFrom(std::string_view text);

}  // namespace modascope
