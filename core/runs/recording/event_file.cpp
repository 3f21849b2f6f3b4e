#include "core/runs/recording/event_file.h"

#include <array>
#include <bit>
#include <cerrno>
#include <cmath>
#include <cstring>

#include "core/base/error.h"
#include "core/runs/recording/folder_watch.h"
#include "core/runs/run_time.h"
#include "core/system/process_mark.h"

namespace modascope {
namespace fs = std::filesystem;
namespace {

constexpr std::array<std::uint32_t, 256> kCrcTable = [] {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t byte = 0; byte < 256; ++byte) {
    std::uint32_t crc = byte;
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1u) != 0 ? 0x82F63B78u : 0u);
    table[byte] = crc;
  }
  return table;
}();

std::uint32_t masked(std::uint32_t crc) {
  return std::rotr(crc, 15) + 0xA282EAD8u;
}

template <typename T>
void appendLittleEndian(std::string& bytes, T value) {
  for (std::size_t i = 0; i < sizeof(T); ++i)
    bytes.push_back(static_cast<char>(value >> (8 * i) & 0xFFu));
}

/// Protocol buffers: every field is its number and kind, then its value.
class Message {
 public:
  Message& add(std::uint32_t field, double value) {
    key(field, 1);
    appendLittleEndian(bytes_, std::bit_cast<std::uint64_t>(value));
    return *this;
  }
  Message& add(std::uint32_t field, float value) {
    key(field, 5);
    appendLittleEndian(bytes_, std::bit_cast<std::uint32_t>(value));
    return *this;
  }
  Message& add(std::uint32_t field, std::int64_t value) {
    key(field, 0);
    varint(static_cast<std::uint64_t>(value));
    return *this;
  }
  Message& add(std::uint32_t field, const std::string& bytes) {
    key(field, 2);
    varint(bytes.size());
    bytes_ += bytes;
    return *this;
  }
  const std::string& bytes() const { return bytes_; }

 private:
  void key(std::uint32_t field, std::uint32_t kind) { varint(field << 3 | kind); }
  void varint(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7) bytes_.push_back(static_cast<char>(value | 0x80));
    bytes_.push_back(static_cast<char>(value));
  }

  std::string bytes_;
};

// tensorflow/core/util/event.proto and framework/summary.proto.
constexpr std::uint32_t kWallTime = 1, kStep = 2, kFileVersion = 3, kSummary = 5, kSessionLog = 7;
constexpr std::uint32_t kSummaryValue = 1, kTag = 1, kSimpleValue = 2;
constexpr std::uint32_t kSessionStatus = 1;
constexpr std::int64_t kSessionStart = 1;

Message eventNow() {
  return Message().add(kWallTime, secondsNow());
}

fs::path newFile(const fs::path& folder) {
  std::error_code ignored;
  fs::create_directories(folder, ignored);  // opening the file says what is wrong
  const ProcessMark mark = markOf(ownProcess());
  const std::string name = "events.out.tfevents." +
                           std::to_string(static_cast<std::int64_t>(secondsNow())) + "." +
                           mark.host + "." + std::to_string(mark.pid) + ".";
  int n = 0;
  while (fs::exists(folder / (name + std::to_string(n)), ignored)) ++n;
  return folder / (name + std::to_string(n));
}

}  // namespace

std::uint32_t crc32c(std::string_view bytes) {
  std::uint32_t crc = ~0u;
  for (const char byte : bytes)
    crc = (crc >> 8) ^ kCrcTable[(crc ^ static_cast<unsigned char>(byte)) & 0xFFu];
  return ~crc;
}

EventFile::EventFile(const fs::path& folder)
    : path_(newFile(folder)), stream_(path_, std::ios::binary) {
  addRecord(eventNow().add(kFileVersion, std::string("brain.Event:2")).bytes());
}

void EventFile::addScalars(std::int64_t step, const std::vector<Scalar>& scalars) {
  Message summary;
  for (const Scalar& scalar : scalars) {
    if (!std::isfinite(scalar.value)) continue;
    const Message value =
        Message().add(kTag, scalar.tag).add(kSimpleValue, static_cast<float>(scalar.value));
    summary.add(kSummaryValue, value.bytes());
  }
  addRecord(eventNow().add(kStep, step).add(kSummary, summary.bytes()).bytes());
}

void EventFile::addRestart(std::int64_t step) {
  const Message session = Message().add(kSessionStatus, kSessionStart);
  addRecord(eventNow().add(kStep, step).add(kSessionLog, session.bytes()).bytes());
}

void EventFile::addRecord(const std::string& event) {
  std::string record;
  appendLittleEndian(record, static_cast<std::uint64_t>(event.size()));
  appendLittleEndian(record, masked(crc32c(record)));
  record += event;
  appendLittleEndian(record, masked(crc32c(event)));
  errno = 0;
  stream_.write(record.data(), static_cast<std::streamsize>(record.size()));
  stream_.flush();
  const int code = errno;  // what follows sets it anew
  if (!stream_)
    throw Error("The events for TensorBoard cannot be written to " + inQuotes(path_) + ": " +
                    (code != 0 ? std::strerror(code) : "it could not be opened") +
                    whatIsLeft(path_.parent_path().parent_path()) + ".",
                Fault::System);
}

}  // namespace modascope
