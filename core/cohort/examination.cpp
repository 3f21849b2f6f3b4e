#include "core/cohort/examination.h"

#include <algorithm>
#include <chrono>

#include "core/base/error.h"
#include "core/files/content_hash.h"
#include "core/system/available_memory.h"
#include "core/system/file_facts.h"
#include "core/system/own_program.h"
#include "core/system/parallel.h"
#include "core/system/usable_cores.h"

namespace modascope {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds kSaveEvery{5};

/// The program itself: another build may look at cases in another way.
const std::string& programMark() {
  static const std::string mark = [] {
    const auto own = ownProgramFacts();
    return std::string(MODASCOPE_VERSION) + ' ' +
           (own ? std::to_string(own->size) + ' ' + std::to_string(own->modifiedNs) : "");
  }();
  return mark;
}

struct HashedFile {
  fs::path file;
  KnownFile known;
  bool settled = false;  ///< a later change will show in the stamp
};

/// Of the cache, or read; nothing when it cannot be read, or when stopped.
std::optional<HashedFile> hashed(const fs::path& file, const LookCache& cache,
                                 const std::stop_token& stop) {
  const std::int64_t now = fileClockNs();
  const auto stamp = stampOf(file);
  if (!stamp) return std::nullopt;
  if (const auto known = cache.hashOf(file, *stamp))
    return HashedFile{file, {*stamp, *known}, true};
  try {
    const auto hash = contentHashOfFile(file, stop);
    if (!hash || stampOf(file) != stamp) return std::nullopt;  // somebody is writing it
    return HashedFile{file, {*stamp, *hash}, isSettled(*stamp, now)};
  } catch (const Error&) {
    return std::nullopt;
  }
}

/// All that decides what a look finds: 32 hexadecimal digits; nothing where a file has no hash.
std::string keyOf(const CaseInfo& info, const std::vector<HashedFile>& files) {
  std::string facts = programMark() + '\n' + info.id + '\n';
  for (const ModalityFile& modality : info.modalities)
    facts += std::to_string(static_cast<int>(modality.presence)) + ' ' +
             std::to_string(modality.component) + ' ' + modality.file.native() + '\n';
  facts += std::to_string(static_cast<int>(info.segmentationPresence)) + ' ' +
           info.segmentation.native() + '\n' + std::to_string(static_cast<int>(info.profile)) +
           (info.profileStated ? " stated " : " ") +
           std::to_string(static_cast<int>(info.verdict)) + '\n';
  for (const Label& label : info.regions.labels()) facts += std::to_string(label.value) + ' ';
  for (const std::string& note : info.notes) facts += note + '\n';
  for (const HashedFile& one : files) facts += one.file.native() + ' ' + one.known.hash + '\n';
  return contentHashOf(facts);
}

/// One case on its way through an examination.
struct Slot {
  CaseInfo* info;
  std::vector<HashedFile> files;
  std::string key;      ///< empty: a file could not be read, so there is nothing to remember
  bool looked = false;  ///< by the voxels
};

/// Nothing is read but stamps: false where a file must be.
bool isKnown(const CaseInfo& info, const LookCache& cache) {
  const auto files = filesOf(info);
  return std::all_of(files.begin(), files.end(), [&](const fs::path& file) {
    const auto stamp = stampOf(file);
    return stamp && cache.hashOf(file, *stamp);
  });
}

void hashOf(Slot& slot, const LookCache& cache, const std::stop_token& stop) {
  const auto files = filesOf(*slot.info);
  for (const fs::path& file : files)
    if (auto one = hashed(file, cache, stop)) slot.files.push_back(std::move(*one));
  if (slot.files.size() == files.size()) slot.key = keyOf(*slot.info, slot.files);
}

bool takeFromCache(Slot& slot, const LookCache& cache) {
  if (slot.key.empty()) return false;
  auto known = cache.lookOf(*slot.info, slot.key);
  if (known) *slot.info = std::move(*known);
  return known.has_value();
}

void examine(Slot& slot, const ExaminationSteps& steps, const LookCache& cache,
             const std::stop_token& stop) {
  if (slot.key.empty()) hashOf(slot, cache, stop);
  if (stop.stop_requested() || takeFromCache(slot, cache)) return;
  CaseInfo looked = steps.look(*slot.info);
  if (stop.stop_requested()) return;  // it may not have seen all
  *slot.info = std::move(looked);
  slot.looked = true;
  for (const HashedFile& one : slot.files)  // what was looked at is what was hashed
    if (stampOf(one.file) != one.known.stamp) slot.key.clear();
}

void remember(const std::vector<Slot>& slots, LookCache& cache, KnownFiles& files) {
  for (const Slot& slot : slots) {
    for (const HashedFile& one : slot.files) {
      files.insert_or_assign(one.file, one.known);
      if (one.settled) cache.keep(one.file, one.known);
    }
    if (slot.looked && !slot.key.empty()) cache.keep(*slot.info, slot.key);
  }
  cache.save();
}

/// As many cases at once as there are cores, and memory for some copies of the largest.
std::size_t threadsFor() {
  constexpr std::uint64_t kForACase = std::uint64_t{1} << 30;  // bytes
  const std::uint64_t room = availableMemory().value_or(4 * kForACase) / kForACase;
  return std::clamp<std::size_t>(static_cast<std::size_t>(usableCores()), 1,
                                 std::max<std::uint64_t>(room, 1));
}

}  // namespace

std::vector<fs::path> filesOf(const CaseInfo& info) {
  std::vector<fs::path> files;
  const auto add = [&](const fs::path& file) {
    if (!file.empty() && std::find(files.begin(), files.end(), file) == files.end())
      files.push_back(file);
  };
  for (const ModalityFile& modality : info.modalities) add(modality.file);
  for (const fs::path& file : info.otherFiles) add(file);
  add(info.segmentation);
  return files;
}

bool examineCases(const std::vector<CaseInfo*>& cases, const ExaminationSteps& steps,
                  LookCache& cache, KnownFiles& files, const std::stop_token& stop) {
  std::vector<Slot> slots;
  for (CaseInfo* info : cases)
    if (info->usable()) slots.push_back({info, {}, {}, false});
  std::vector<std::size_t> unknown;
  for (std::size_t i = 0; i < slots.size() && !stop.stop_requested(); ++i) {
    if (isKnown(*slots[i].info, cache)) hashOf(slots[i], cache, stop);
    if (!takeFromCache(slots[i], cache)) unknown.push_back(i);
  }
  const std::size_t threads = threadsFor();
  auto saved = Clock::now();
  for (std::size_t first = 0; first < unknown.size() && !stop.stop_requested();) {
    ParallelWork work;  // a part at a time, so that a program that is killed loses little
    work.count = std::min(unknown.size() - first, 8 * threads);
    work.each = [&](std::size_t i) { examine(slots[unknown[first + i]], steps, cache, stop); };
    if (steps.progress)
      work.progress = [&](std::size_t done) { steps.progress(first + done, unknown.size()); };
    try {
      runParallel(work, threads, stop);
    } catch (...) {
      remember(slots, cache, files);
      throw;
    }
    first += work.count;
    if (Clock::now() - saved < kSaveEvery) continue;
    remember(slots, cache, files);
    saved = Clock::now();
  }
  remember(slots, cache, files);
  return !stop.stop_requested();
}

bool hashFiles(const std::vector<fs::path>& wanted, LookCache& cache, KnownFiles& files,
               const std::stop_token& stop) {
  for (const fs::path& file : wanted) {
    if (stop.stop_requested()) return false;
    if (files.contains(file)) continue;
    const auto one = hashed(file, cache, stop);
    if (!one) continue;
    files.insert_or_assign(file, one->known);
    if (one->settled) cache.keep(file, one->known);
  }
  cache.save();
  return !stop.stop_requested();
}

bool isUnchanged(const fs::path& file, const KnownFile& known) {
  const auto stamp = stampOf(file);
  if (!stamp) return false;
  if (*stamp == known.stamp) return true;
  try {
    return contentHashOfFile(file) == known.hash;
  } catch (const Error&) {
    return false;
  }
}

}  // namespace modascope
