#include "core/cohort/look_cache.h"

#include <chrono>
#include <cstdint>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/log.h"
#include "core/files/atomic_file.h"
#include "core/files/cache_folder.h"
#include "core/files/content_hash.h"

namespace modascope {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr std::string_view kMagic = "modascope looks 1\n";
constexpr std::size_t kHashDigits = 32;
constexpr std::uintmax_t kLargest = std::uintmax_t{1} << 30;  // bytes; no cohort comes near
constexpr std::chrono::hours kForgetAfter{24 * 180};

Json stampJson(const FileStamp& stamp) {
  return {stamp.size, stamp.modifiedNs, stamp.changedNs, stamp.inode, stamp.device};
}

FileStamp stampFrom(const Json& json) {
  return {json.at(0).get<std::uint64_t>(), json.at(1).get<std::int64_t>(),
          json.at(2).get<std::int64_t>(), json.at(3).get<std::uint64_t>(),
          json.at(4).get<std::uint64_t>()};
}

Json infoJson(const CaseInfo& info) {
  Json presences = Json::array();
  for (const ModalityFile& modality : info.modalities)
    presences.push_back(static_cast<int>(modality.presence));
  return {{"modalities", presences},
          {"segmentation", static_cast<int>(info.segmentationPresence)},
          {"profile", static_cast<int>(info.profile)},
          {"verdict", static_cast<int>(info.verdict)},
          {"notes", info.notes}};
}

CaseInfo infoFrom(const Json& json) {
  CaseInfo info;
  for (const Json& presence : json.at("modalities"))
    info.modalities.push_back({static_cast<Presence>(presence.get<int>()), {}, 0});
  info.segmentationPresence = static_cast<Presence>(json.at("segmentation").get<int>());
  info.profile = static_cast<LabelProfile>(json.at("profile").get<int>());
  info.verdict = static_cast<Verdict>(json.at("verdict").get<int>());
  json.at("notes").get_to(info.notes);
  return info;
}

fs::path fileFor(const fs::path& cohort) {
  const auto cache = cacheFolder();
  if (!cache) return {};
  std::error_code code;
  const fs::path place = fs::weakly_canonical(cohort, code);
  return *cache / "looks" / contentHashOf((code ? cohort : place).native());
}

/// Cohorts that nobody has looked at for half a year.
void forgetOld(const fs::path& folder) {
  std::error_code code;
  const auto now = fs::file_time_type::clock::now();
  for (fs::directory_iterator at(folder, code), end; !code && at != end; at.increment(code)) {
    std::error_code one;
    const auto written = at->last_write_time(one);
    if (!one && now - written > kForgetAfter) fs::remove(at->path(), one);
  }
}

}  // namespace

LookCache::LookCache(const fs::path& cohort) : file_(fileFor(cohort)) {
  try {
    const auto stamp = file_.empty() ? std::nullopt : stampOf(file_);
    if (stamp && stamp->size <= kLargest) read(readText(file_));
  } catch (const std::exception& error) {
    files_.clear();
    looks_.clear();
    logInfo("The cache " + file_.string() + " is passed over: " + error.what());
  }
}

/// magic, the hash of the rest, the rest: {"files": {path: [stamp, hash]}, "cases": {id: …}} as
/// CBOR, which leaves names and notes that are no UTF-8 as they are.
void LookCache::read(const std::string& bytes) {
  const std::string_view all(bytes);
  const std::size_t start = kMagic.size() + kHashDigits;
  if (!all.starts_with(kMagic) || all.size() < start) throw Error("it is of another version");
  const std::string_view body = all.substr(start);
  if (contentHashOf(body) != all.substr(kMagic.size(), kHashDigits)) throw Error("it is damaged");
  const Json json = Json::from_cbor(body);
  for (const auto& [path, known] : json.at("files").items())
    files_[path] = {stampFrom(known.at(0)), known.at(1).get<std::string>()};
  for (const auto& [id, look] : json.at("cases").items())
    looks_[id] = {look.at("key").get<std::string>(), infoFrom(look.at("info"))};
}

std::string LookCache::bytes() const {
  Json files = Json::object(), cases = Json::object();
  for (const auto& [path, known] : files_) files[path] = {stampJson(known.stamp), known.hash};
  for (const auto& [id, look] : looks_)
    cases[id] = {{"key", look.key}, {"info", infoJson(look.info)}};
  const std::vector<std::uint8_t> cbor = Json::to_cbor({{"files", files}, {"cases", cases}});
  const std::string body(cbor.begin(), cbor.end());
  return std::string(kMagic) + contentHashOf(body) + body;
}

std::optional<std::string> LookCache::hashOf(const fs::path& file, const FileStamp& stamp) const {
  const auto known = files_.find(file.native());
  if (known == files_.end() || known->second.stamp != stamp) return std::nullopt;
  return known->second.hash;
}

void LookCache::keep(const fs::path& file, const KnownFile& known) {
  KnownFile& kept = files_[file.native()];
  changed_ = changed_ || kept != known;
  kept = known;
}

std::optional<CaseInfo> LookCache::lookOf(const CaseInfo& headers, const std::string& key) const {
  const auto found = looks_.find(headers.id);
  if (found == looks_.end() || found->second.key != key ||
      found->second.info.modalities.size() != headers.modalities.size())
    return std::nullopt;
  CaseInfo looked = headers;
  const CaseInfo& kept = found->second.info;
  for (std::size_t m = 0; m < looked.modalities.size(); ++m)
    looked.modalities[m].presence = kept.modalities[m].presence;
  looked.segmentationPresence = kept.segmentationPresence;
  looked.profile = kept.profile;
  looked.verdict = kept.verdict;
  looked.notes = kept.notes;
  return looked;
}

void LookCache::keep(const CaseInfo& looked, const std::string& key) {
  looks_[looked.id] = {key, looked};
  changed_ = true;
}

void LookCache::save() noexcept {
  try {
    if (file_.empty() || !changed_) return;
    writeAtomically(file_, bytes());
    changed_ = false;
    forgetOld(file_.parent_path());
  } catch (const std::exception& error) {
    logInfo(std::string("What was looked at is not remembered: ") + error.what());
  }
}

}  // namespace modascope
