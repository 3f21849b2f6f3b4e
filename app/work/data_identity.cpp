#include "app/work/data_identity.h"

#include <map>
#include <sstream>

#include "core/base/error.h"
#include "core/data/case_source.h"
#include "core/files/atomic_file.h"
#include "core/files/content_hash.h"
#include "core/files/paths.h"

namespace modascope {
namespace {

namespace fs = std::filesystem;

constexpr const char* kScheme = "xxh3:";
const std::vector<std::string> kSplits{"train", "valid"};  ///< that a run reads

std::string hashOf(const CohortData& data, const fs::path& file) {
  const auto known = data.files.find(file);
  if (known != data.files.end()) return known->second.hash;
  return contentHashOfFile(file).value();
}

/// "m0 0 <hash>", one part a line.
std::string factsOf(const CohortData& data, const CaseInfo& info) {
  std::string facts = info.id + '\n';
  const bool own = data.source->hasFilesOfCases();
  const auto add = [&](const std::string& what, const fs::path& file) {
    if (own && !file.empty()) facts += what + ' ' + hashOf(data, file) + '\n';
  };
  for (std::size_t m = 0; m < info.modalities.size(); ++m) {
    const ModalityFile& modality = info.modalities[m];
    add("m" + std::to_string(m) + ' ' + std::to_string(modality.component), modality.file);
  }
  for (const fs::path& file : info.otherFiles) add("part", file);
  add("truth", info.segmentation);
  return facts;
}

fs::path rootOf(const CohortData& data) {
  const fs::path& place = data.cohort.folder;
  return isFolder(place) ? place : place.parent_path();
}

/// Name in the data's folder (or the file's own) → hash, of all files of the run's splits.
std::map<std::string, std::string> listOf(const CohortData& data) {
  std::map<std::string, std::string> list;
  const fs::path root = rootOf(data);
  const auto add = [&](const fs::path& file) {
    const auto known = data.files.find(file);
    if (known == data.files.end()) return;
    std::string name = file.lexically_relative(root).string();
    if (name.empty() || name.starts_with("..")) name = file.string();
    if (name.find('\n') == std::string::npos) list[name] = known->second.hash;
  };
  for (const fs::path& file : data.cohort.commonFiles) add(file);
  if (!data.source->hasFilesOfCases()) return list;
  for (const std::string& split : kSplits)
    for (const CaseInfo& info : data.usable(split))
      for (const fs::path& file : filesOf(info)) add(file);
  return list;
}

std::map<std::string, std::string> readList(const fs::path& file) {
  std::map<std::string, std::string> list;
  if (!isFile(file)) return list;
  std::istringstream lines(readText(file));
  constexpr std::size_t kDigits = 32, kGap = 2;
  for (std::string line; std::getline(lines, line);)
    if (line.size() > kDigits + kGap) list[line.substr(kDigits + kGap)] = line.substr(0, kDigits);
  return list;
}

/// The first file that differs, in words.
std::string differenceOf(const RunFolder& run, const CohortData& data) {
  const auto before = readList(run.dataFiles());
  const auto now = listOf(data);
  for (const auto& [name, hash] : before) {
    const auto found = data.files.find(rootOf(data) / name);
    if (found == data.files.end()) return inQuotes(name) + " is no longer there";
    if (found->second.hash != hash) return "the bytes of " + inQuotes(name) + " are others";
  }
  for (const auto& [name, hash] : now)
    if (!before.empty() && !before.contains(name)) return inQuotes(name) + " is new";
  return "files, or which case they belong to, are others";
}

}  // namespace

std::string contentFingerprint(const CohortData& data, const std::string& split) {
  const std::vector<CaseInfo> cases = data.usable(split);
  if (cases.empty()) return {};
  ContentHash all;
  for (const fs::path& file : data.cohort.commonFiles)
    all.add("common " + hashOf(data, file) + '\n');
  for (const CaseInfo& info : cases) all.add(factsOf(data, info));
  return kScheme + all.hex();
}

void describeData(const CohortData& data, RunManifest& manifest) {
  manifest.dataFingerprint = contentFingerprint(data, "train");
  manifest.validFingerprint = contentFingerprint(data, "valid");
  manifest.dataLayout = fingerprintOf(data.labelledByName("train"));
  manifest.splits = data.splits;
  manifest.leftOut.clear();
  for (const std::string& split : kSplits)
    for (const LeftOut& one : data.leftOut(split)) manifest.leftOut.push_back(one);
}

void writeDataFiles(const RunFolder& run, const CohortData& data) {
  std::string lines;
  for (const auto& [name, hash] : listOf(data)) lines += hash + "  " + name + '\n';
  writeAtomically(run.dataFiles(), lines);
}

void takeSplits(const RunManifest& manifest, CohortData& data) {
  data.splits = manifest.splits;
  for (const LeftOut& one : manifest.leftOut)
    if (const auto split = data.splits.find(one.split); split != data.splits.end())
      std::erase(split->second, one.caseId);
}

std::optional<std::string> changeSince(const RunFolder& run, const RunManifest& manifest,
                                       CohortData& data) {
  if (manifest.dataFingerprint.empty()) {
    if (fingerprintOf(data.labelledByName("train")) != manifest.dataLayout)
      return "names or sizes of its files are others";
    data.notes.push_back(
        "The run recorded the names and sizes of its data's files, not their contents, as an older "
        "version did: a change of their bytes alone would not be noticed.");
    return std::nullopt;
  }
  if (contentFingerprint(data, "train") == manifest.dataFingerprint &&
      contentFingerprint(data, "valid") == manifest.validFingerprint)
    return std::nullopt;
  return differenceOf(run, data);
}

}  // namespace modascope
