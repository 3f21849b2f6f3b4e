#include "core/hdf5/hdf5_file.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <limits>
#include <utility>

#include "core/base/error.h"
#include "core/base/lower_case.h"
#include "core/files/file_kind.h"
#include "core/files/input_file.h"
#include "core/hdf5/hdf5_process.h"
#include "core/hdf5/hdf5_wire.h"
#include "core/system/available_memory.h"

namespace modascope {
namespace fs = std::filesystem;
using namespace hdf5;
namespace {

void requireReadable(const fs::path& file) {
  std::error_code ignored;
  if (!fs::exists(file, ignored)) throw Error(inQuotes(file) + " does not exist.");
  if (fs::is_directory(file, ignored)) {
    throw Error(inQuotes(file) + " is a folder; an HDF5 file is expected.");
  }
  requireRegularFile(file);
  if (isHdf5(file)) return;
  refuseOtherKind(file, Wanted::Features);
  throw Error(inQuotes(file) + " is not an HDF5 file: it does not begin as one.");
}

/// What the reading process may take: no more than the machine has, nor than such a file can need.
/// Its blocks are small, but a compressed chunk is unpacked as a whole.
std::uint64_t memoryFor(const fs::path& file) {
  constexpr std::uint64_t kItself = std::uint64_t{1} << 28;  // addresses of program and libraries
  constexpr std::uint64_t kAlways = std::uint64_t{1} << 30, kLargest = std::uint64_t{1} << 40;
  std::error_code failed;
  const std::uint64_t size = fs::file_size(file, failed);
  const std::uint64_t needed = kAlways + (failed ? 0 : std::min(size, kLargest) * 16);
  return kItself + std::min(needed, availableMemory().value_or(needed));
}

/// Before anything is allocated: a damaged header may claim any size.
void requireRoom(const fs::path& file, const std::string& path, std::uint64_t count,
                 std::size_t bytesEach) {
  const bool countable = count <= std::numeric_limits<std::size_t>::max() / bytesEach / 2;
  const auto room = availableMemory();
  if (countable && (!room || count * bytesEach < *room)) return;
  throw Error(inQuotes(file) + ": " + path + " claims " + std::to_string(count) +
                  " values, more than the memory that is left can take.",
              Fault::System);
}

Packer request(Ask ask, const std::string& path) {
  return Packer().put(ask).putText(path);
}

/// Of many texts, each time that some have come: their lengths are not known before.
void requireRoomForTexts(const fs::path& file, std::uint64_t come) {
  constexpr std::uint64_t kAlwaysThere = 4 * std::uint64_t{kLongestFrame};
  const auto room = availableMemory();
  if (come < kAlwaysThere || !room || *room > kAlwaysThere) return;
  throw Error(inQuotes(file) + " holds more text than the memory that is left can take.",
              Fault::System);
}

std::vector<std::string> receiveTexts(ReaderProcess& reader, const fs::path& file) {
  auto left = Unpacker(reader.nextFrame()).take<std::uint64_t>();
  std::vector<std::string> texts;
  std::uint64_t come = 0;
  while (left > 0) {
    const std::string frame = reader.nextFrame();
    requireRoomForTexts(file, come += frame.size());
    Unpacker values(frame);
    if (values.atEnd()) reader.throwDamaged();
    for (; !values.atEnd() && left > 0; --left) texts.push_back(values.takeText());
  }
  return texts;
}

Hdf5DataSet unpackDataSet(Unpacker& facts) {
  Hdf5DataSet set;
  set.kind = facts.take<Hdf5Kind>();
  for (auto rank = facts.take<std::uint8_t>(); rank > 0; --rank)
    set.shape.push_back(facts.take<std::uint64_t>());
  set.type = facts.takeText();
  set.fault = facts.takeText();
  return set;
}

}  // namespace

/// One question and its answer. A frame that is too short is damage, too.
template <typename Talk>
auto Hdf5File::talk(Talk&& talk) const {
  const std::lock_guard lock(oneAtATime_);
  try {
    return talk(*reader_);
  } catch (const std::out_of_range&) {
    reader_->throwDamaged();
  }
}

Hdf5File::Hdf5File(fs::path file, std::stop_token stop) : file_(std::move(file)) {
  requireReadable(file_);
  reader_ = std::make_unique<ReaderProcess>(file_, std::move(stop));
  talk([&](ReaderProcess& reader) {
    Packer open = request(Ask::Open, file_.native());
    reader.send(open.putText(MODASCOPE_VERSION).put(memoryFor(file_)), "its begin");
    return reader.nextFrame();
  });
}

Hdf5File::~Hdf5File() = default;

std::vector<std::string> Hdf5File::members(const std::string& group) const {
  return talk([&](ReaderProcess& reader) {
    reader.send(request(Ask::Members, group), group);
    std::vector<std::string> names = receiveTexts(reader, file_);
    std::sort(names.begin(), names.end());
    return names;
  });
}

bool Hdf5File::hasGroup(const std::string& path) const {
  return talk([&](ReaderProcess& reader) {
    reader.send(request(Ask::Look, path), path);
    return Unpacker(reader.nextFrame()).take<Found>() == Found::Group;
  });
}

bool Hdf5File::hasDataSet(const std::string& path) const {
  return find(path).has_value();
}

std::optional<Hdf5DataSet> Hdf5File::find(const std::string& path) const {
  return talk([&](ReaderProcess& reader) -> std::optional<Hdf5DataSet> {
    reader.send(request(Ask::Look, path), path);
    const std::string frame = reader.nextFrame();
    Unpacker facts(frame);
    if (facts.take<Found>() != Found::DataSet) return std::nullopt;
    return unpackDataSet(facts);
  });
}

Hdf5DataSet Hdf5File::describe(const std::string& path) const {
  if (auto set = find(path)) return *std::move(set);
  if (hasGroup(path))
    throw Error(inQuotes(file_) + ": " + path + " is a group; a data set is expected.");
  throw Error(inQuotes(file_) + " has no data set " + path + ".");
}

template <typename Number>
std::vector<Number> Hdf5File::numbers(Ask ask, const std::string& path) const {
  return talk([&](ReaderProcess& reader) {
    reader.send(request(ask, path), path);
    const auto count = Unpacker(reader.nextFrame()).take<std::uint64_t>();
    requireRoom(file_, path, count, sizeof(Number));
    std::vector<Number> values;
    values.reserve(count);  // filled as it comes: what is claimed may never come
    while (values.size() < count) {
      const std::size_t length = reader.nextLength(), come = length / sizeof(Number);
      if (come == 0 || length % sizeof(Number) != 0 || come > count - values.size())
        reader.throwDamaged();
      values.resize(values.size() + come);
      reader.receive(values.data() + values.size() - come, length);
    }
    return values;
  });
}

std::vector<float> Hdf5File::floats(const std::string& path) const {
  return numbers<float>(Ask::Floats, path);
}

std::vector<std::int64_t> Hdf5File::integers(const std::string& path) const {
  return numbers<std::int64_t>(Ask::Integers, path);
}

std::vector<std::string> Hdf5File::strings(const std::string& path) const {
  return talk([&](ReaderProcess& reader) {
    reader.send(request(Ask::Texts, path), path);
    return receiveTexts(reader, file_);
  });
}

std::optional<std::vector<std::string>> Hdf5File::attribute(const std::string& name) const {
  using Words = std::optional<std::vector<std::string>>;
  return talk([&](ReaderProcess& reader) -> Words {
    reader.send(request(Ask::Attribute, name), "the attribute " + inQuotes(name));
    if (Unpacker(reader.nextFrame()).take<std::uint8_t>() == 0) return std::nullopt;
    return receiveTexts(reader, file_);
  });
}

bool isHdf5(const fs::path& file) {
  constexpr std::array<char, 8> kSignature{'\x89', 'H', 'D', 'F', '\r', '\n', '\x1a', '\n'};
  std::error_code failed;
  const std::uintmax_t size = fs::file_size(file, failed);
  if (failed) return false;
  std::ifstream input(file, std::ios::binary);
  for (std::uintmax_t place = 0; place + kSignature.size() <= size;
       place = place == 0 ? 512 : place * 2) {
    std::array<char, 8> found{};
    input.seekg(static_cast<std::streamoff>(place));
    if (!input.read(found.data(), found.size())) return false;
    if (found == kSignature) return true;
  }
  return false;
}

bool isHdf5Name(const fs::path& file) {
  const std::string suffix = lowerCase(file.extension().string());
  return suffix == ".h5" || suffix == ".hdf5" || suffix == ".csd";
}

}  // namespace modascope
