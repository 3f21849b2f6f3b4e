#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/cohort/cohort.h"
#include "core/demo/demo_file.h"
#include "core/problem/problem.h"

namespace modascope {

/// What goes into a demonstration.
struct DemoRequest {
  DemoRequest(CaseInfo of, Problem about) : info(std::move(of)), problem(std::move(about)) {}

  CaseInfo info;
  Problem problem;                               ///< that the case's data are about
  std::vector<std::filesystem::path> runs = {};  ///< one, or two to compare
  std::string checkpoint = "last";
  std::string title = {};  ///< empty: "A case", or that it is made up
  bool asIs = false;       ///< intensities as they are
  bool html = false;       ///< a page for browsers instead of a file for this program
  /// The networks' weights go along, as 16-bit numbers; the answers are those of these weights.
  bool withNetworks = false;
};

/// Answers done and to do.
using DemoProgress = std::function<void(int done, int total)>;

/// Reads the case, cuts it to the head, and asks every network for every subset's answer and map.
/// The file's bytes depend on the case and the networks alone. Nothing when stopped. Throws `Error`
/// when the case or a run cannot be used.
std::optional<std::string> makeDemo(const DemoRequest& request, std::stop_token stop = {},
                                    const DemoProgress& progress = {});

}  // namespace modascope
