#include "core/files/unfinished.h"

#include <algorithm>
#include <cstdlib>
#include <mutex>
#include <random>
#include <vector>

#include "core/base/fingerprint.h"
#include "core/files/paths.h"

namespace modascope {
namespace fs = std::filesystem;
namespace {

constexpr const char* kEnding = ".tmp";
constexpr std::size_t kLongestKept = 200;  // of 255 bytes that a name may have

std::mutex& guard() {
  static auto* mutex = new std::mutex;  // outlives every thread
  return *mutex;
}

std::vector<fs::path>& unfinished() {
  static auto* paths = new std::vector<fs::path>;
  return *paths;
}

}  // namespace

Unfinished::Unfinished(const fs::path& path) : path_(absolutePath(path)) {
  const std::lock_guard lock(guard());
  unfinished().push_back(path_);
}

Unfinished::~Unfinished() {
  const std::lock_guard lock(guard());
  auto& paths = unfinished();
  const auto own = std::find(paths.begin(), paths.end(), path_);
  if (own != paths.end()) paths.erase(own);
}

void endAtOnce(int exitCode) {
  guard().lock();  // for good: whoever wants to begin or to finish something waits here
  std::error_code ignored;
  for (auto path = unfinished().rbegin(); path != unfinished().rend(); ++path)
    fs::remove_all(*path, ignored);
  std::_Exit(exitCode);
}

fs::path temporaryBeside(const fs::path& target) {
  std::random_device random;
  const std::uint64_t number = std::uint64_t{random()} << 32 | random();
  std::string name(1, '.');
  name.append(target.filename().string(), 0, kLongestKept);
  name.append(1, '.').append(toHex(number)).append(kEnding);
  return target.parent_path() / name;
}

bool isTemporary(const fs::path& file) {
  const std::string name = file.filename();
  return name.starts_with('.') && name.ends_with(kEnding);
}

void sweepTemporaries(const fs::path& folder) {
  std::error_code ignored;
  for (const fs::path& file : entriesOf(folder))
    if (isTemporary(file)) fs::remove(file, ignored);
}

}  // namespace modascope
