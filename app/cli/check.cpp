#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <map>
#include <memory>
#include <vector>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/cli/check_samples.h"
#include "app/cli/commands.h"
#include "app/cli/interrupt.h"
#include "app/cli/progress.h"
#include "app/work/cohort_examination.h"
#include "core/base/error.h"
#include "core/base/json_text.h"
#include "core/base/name_text.h"
#include "core/cohort/cohort.h"
#include "core/files/paths.h"
#include "core/problem/task_facts.h"
#include "core/system/terminal.h"
#include "core/volume/volume_io.h"

namespace modascope {
namespace {

namespace fs = std::filesystem;

/// What is printed of a case or of a file by itself.
struct Report {
  std::string id;
  Verdict verdict = Verdict::Ok;
  std::vector<std::pair<std::string, Presence>> modalities;
  Presence segmentation = Presence::Absent;
  std::string profile;
  std::vector<std::string> notes;
};

struct Reports {
  std::vector<Report> cases;
  Splits splits = {};  ///< those that the cohort's files state
  std::string splitSource = {};
  std::vector<std::string> notes = {};  ///< about the cohort as a whole
};

Report reportOf(const CaseInfo& info, const ModalitySchema& schema) {
  Report report{info.id, info.verdict, {}, info.segmentationPresence, {}, info.notes};
  for (const ModalityId id : schema.ids()) {
    report.modalities.emplace_back(schema.key(id), info.modalities[id.index()].presence);
  }
  if (info.segmentationPresence == Presence::Present) report.profile = labelOf(info.profile);
  return report;
}

/// What is wrong with the splits that are stated.
void addSplits(const Cohort& cohort, Reports& reports) {
  reports.notes = cohort.notes;
  if (!cohort.splits) return;
  reports.splits = *cohort.splits;
  reports.splitSource = cohort.splitSource;
  try {
    splitsOf(cohort, 1, reports.notes);
  } catch (const Error& error) {
    reports.notes.emplace_back(error.what());
  }
}

/// All voxels are read, or were at an earlier look.
void lookAt(CohortData& data) {
  ProgressLine progress;
  const bool watched = isTerminal(Stream::Error);
  const bool whole =
      examineAll(data, tellingLooks(watched ? &progress : nullptr), Interrupt::token());
  progress.endLine();
  if (!whole)
    throw Error("The check was stopped; what was seen until then is remembered.", Fault::System);
}

Reports checkCohort(const fs::path& path) {
  CohortData data(openCohort(path));
  lookAt(data);
  Reports reports;
  for (const CaseInfo& info : data.cohort.cases) {
    reports.cases.push_back(reportOf(info, data.cohort.problem.schema));
  }
  addSplits(data.cohort, reports);
  return reports;
}

Reports checkCase(const fs::path& path) {
  Cohort cohort(volumeProblemAt(path));
  cohort.folder = absolutePath(path);
  cohort.cases = {openCase(path)};
  CohortData data(std::move(cohort));
  lookAt(data);
  return {{reportOf(data.cohort.cases.front(), data.cohort.problem.schema)}};
}

void requireFile(const fs::path& path, const std::string& kind) {
  if (!isThere(path)) throw Error(path.string() + " does not exist.");
  if (isFolder(path)) {
    throw Error(path.string() + " is a folder; expected one file, since --as " + kind +
                " was given.");
  }
}

/// Fills a report by `look`; what it throws becomes the reason for exclusion.
template <typename Look>
Report checkFile(const fs::path& path, Look look) {
  Report report;
  report.id = path.filename().string();
  try {
    look(report);
    if (!report.notes.empty()) report.verdict = Verdict::Warn;
  } catch (const Error& error) {
    if (error.fault() == Fault::System) throw;
    report.verdict = Verdict::Excluded;
    report.notes.emplace_back(error.what());
  }
  return report;
}

Reports checkImage(const fs::path& path) {
  requireFile(path, "image");
  Report report = checkFile(path, [&](Report& image) { image.notes = readVolume(path).notes; });
  report.modalities.emplace_back(
      "image", report.verdict == Verdict::Excluded ? Presence::Unreadable : Presence::Present);
  return {{report}};
}

Reports checkSegmentation(const fs::path& path) {
  requireFile(path, "segmentation");
  std::string profileNote;
  Report report = checkFile(path, [&](Report& segmentation) {
    const SegmentationFile read = readSegmentation(path, std::nullopt);
    segmentation.notes = read.notes;
    segmentation.profile = labelOf(read.profile);
    profileNote = read.profileNote;
  });
  if (!profileNote.empty()) report.notes.push_back(profileNote);
  report.segmentation =
      report.verdict == Verdict::Excluded ? Presence::Unreadable : Presence::Present;
  return {{report}};
}

Reports check(const fs::path& path, const std::string& as) {
  if (as == "case") return checkCase(path);
  if (as == "segmentation") return checkSegmentation(path);
  if (as == "image" || (isThere(path) && !isFolder(path))) return checkImage(path);
  return checkCohort(path);
}

nlohmann::ordered_json toJson(const Report& report) {
  nlohmann::ordered_json json;
  json["id"] = report.id;
  json["status"] = keyOf(report.verdict);
  json["modalities"] = nlohmann::ordered_json::object();
  for (const auto& [key, presence] : report.modalities) json["modalities"][key] = keyOf(presence);
  json["segmentation"] = keyOf(report.segmentation);
  if (!report.profile.empty()) json["profile"] = report.profile;
  json["notes"] = report.notes;
  return json;
}

void printJson(const Reports& reports) {
  nlohmann::ordered_json json;
  json["cases"] = nlohmann::ordered_json::array();
  for (const Report& report : reports.cases) json["cases"].push_back(toJson(report));
  if (!reports.splits.empty()) {
    json["split_file"] = reports.splitSource;
    for (const auto& [name, ids] : reports.splits) json["splits"][name] = ids.size();
  }
  json["notes"] = reports.notes;
  std::printf("%s\n", jsonText(json, 2).c_str());
}

const char* mark(Presence presence) {
  switch (presence) {
    case Presence::Present:
      return "yes";
    case Presence::Absent:
      return "-";
    case Presence::Unreadable:
      return "BAD";
  }
  return "";
}

std::string padded(const std::string& text, std::size_t width) {
  const std::string cell = cellText(text);
  return cell + std::string(width - std::min(width, columnsOf(cell)), ' ');
}

std::size_t widthOfIds(const std::vector<Report>& cases) {
  std::size_t width = 4;
  for (const Report& report : cases) width = std::max(width, columnsOf(cellText(report.id)));
  return std::min<std::size_t>(width, 40);
}

void printTable(const Reports& reports) {
  const std::size_t width = widthOfIds(reports.cases);
  std::printf("%s", padded("case", width).c_str());
  for (const auto& [key, presence] : reports.cases.front().modalities) {
    std::printf("  %-5s", key.c_str());
  }
  std::printf("  %-4s %-9s %s\n", "seg", "status", "labels");
  for (const Report& report : reports.cases) {
    std::printf("%s", padded(report.id, width).c_str());
    for (const auto& [key, presence] : report.modalities) std::printf("  %-5s", mark(presence));
    std::printf("  %-4s %-9s %s\n", mark(report.segmentation), keyOf(report.verdict).data(),
                report.profile.c_str());
    for (const std::string& note : report.notes) std::printf("    %s\n", note.c_str());
  }
}

void printTotals(const Reports& reports) {
  std::map<Verdict, std::size_t> count;
  for (const Report& report : reports.cases) ++count[report.verdict];
  std::printf("\n%zu in all: %zu ok, %zu with warnings, %zu excluded\n", reports.cases.size(),
              count[Verdict::Ok], count[Verdict::Warn], count[Verdict::Excluded]);
  if (!reports.splits.empty()) {
    std::printf("%s:", reports.splitSource.c_str());
    for (const auto& [name, ids] : reports.splits) std::printf(" %s %zu", name.c_str(), ids.size());
    std::printf("\n");
  }
  for (const std::string& note : reports.notes) std::printf("%s\n", note.c_str());
}

/// Nothing usable is an error of the request; the reasons have been printed.
void requireUsable(const fs::path& path, const std::vector<Report>& cases) {
  const auto usable = [](const Report& report) { return report.verdict != Verdict::Excluded; };
  if (std::any_of(cases.begin(), cases.end(), usable)) return;
  const std::string reason = cases.front().notes.empty() ? "" : cases.front().notes.back();
  if (cases.size() == 1)
    throw Error(reason.starts_with('/') ? reason : path.string() + ": " + reason);
  throw nothingUsable(cases.size(), "cases", path,
                      {.caseId = cases.front().id, .split = {}, .reason = reason});
}

struct Options {
  std::string path;
  std::string as;
  bool json = false;
};

Reports checkOrPrintNothing(const Options& options) {
  try {
    return check(options.path, options.as);
  } catch (const Error&) {
    if (options.json) printJson({});
    throw;
  }
}

void run(const Options& options) {
  if (options.as.empty() && isThere(options.path) &&
      factsOf(taskOf(options.path)).data != DataKind::Volumes)
    return checkSamples(options.path, options.json);
  const Reports reports = checkOrPrintNothing(options);
  if (options.json) {
    printJson(reports);
  } else {
    printTable(reports);
    printTotals(reports);
  }
  std::fflush(stdout);
  requireUsable(options.path, reports.cases);
}

}  // namespace

void addCheck(CLI::App& app) {
  const auto options = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand(
      "check",
      "Says what it understands of a cohort, a case or a file, with a reason for each exclusion");
  command
      ->add_option("path", options->path,
                   "A cohort's folder, a case's folder, a file of features or one image")
      ->required();
  command
      ->add_option("--as", options->as,
                   "What PATH is (one file: an image unless this says otherwise)")
      ->check(CLI::IsMember({"case", "image", "segmentation"}));
  command->add_flag("--json", options->json, "Print JSON");
  command->callback([options] { run(*options); });
}

}  // namespace modascope
