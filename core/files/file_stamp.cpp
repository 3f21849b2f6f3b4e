#include "core/files/file_stamp.h"

#include <algorithm>

#include "core/system/file_facts.h"

namespace modascope {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;

}  // namespace

std::optional<FileStamp> stampOf(const std::filesystem::path& file) {
  const auto facts = factsOf(file);
  if (!facts || facts->kind != FileKind::Regular) return std::nullopt;
  return FileStamp{facts->size, facts->modifiedNs, facts->changedNs, facts->identity.number,
                   facts->identity.device};
}

bool isSettled(const FileStamp& stamp, std::int64_t nowNs) {
  const bool wholeSeconds = stamp.changedNs % kSecond == 0 && stamp.modifiedNs % kSecond == 0;
  const std::int64_t latest = std::max(stamp.changedNs, stamp.modifiedNs);
  return nowNs - latest > (wholeSeconds ? 2 * kSecond : kSecond / 20);
}

}  // namespace modascope
