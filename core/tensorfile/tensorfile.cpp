#include "core/tensorfile/tensorfile.h"

#include <array>
#include <bit>

#include "core/base/error.h"
#include "core/files/atomic_file.h"
#include "core/files/file_kind.h"
#include "core/files/input_file.h"
#include "core/files/memory_need.h"
#include "core/tensorfile/tensor_header.h"

namespace modascope {
namespace fs = std::filesystem;
namespace {

static_assert(std::endian::native == std::endian::little, "the files are little endian");

constexpr std::uint64_t kLargestHeader = 100'000'000;

void readExactly(InputFile& input, void* place, std::uint64_t count) {
  if (input.read(place, count) != count) throw Error("it ends too early");
}

std::uint64_t readHeaderSize(InputFile& input) {
  std::array<char, 8> bytes{};
  readExactly(input, bytes.data(), bytes.size());
  const auto size = std::bit_cast<std::uint64_t>(bytes);
  if (size > kLargestHeader) {
    throw Error("its first bytes are not the length of a header, of which 100 MB are the most");
  }
  if (size > input.size() - bytes.size()) throw Error("it ends within its header");
  return size;
}

TensorFile readFrom(InputFile& input) {
  constexpr std::uint64_t kBytesEach = 32;  // what JSON's values take for each byte of their text
  const std::uint64_t headerSize = readHeaderSize(input);
  requireMemory(input.path(), input.size() + headerSize * kBytesEach);
  const std::string json = input.rest(headerSize);
  TensorHeader header = parseTensorHeader(json, input.size() - 8 - headerSize);
  TensorFile content;
  content.metadata = std::move(header.metadata);
  for (auto& place : header.places) {
    place.entry.bytes.resize(place.end - place.begin);
    readExactly(input, place.entry.bytes.data(), place.entry.bytes.size());
    content.tensors.push_back(std::move(place.entry));
  }
  return content;
}

}  // namespace

TensorFile readTensorFile(const fs::path& file) {
  refuseOtherKind(file, Wanted::Weights);
  InputFile input(file);
  try {
    return readFrom(input);
  } catch (const Error& error) {
    if (error.fault() == Fault::System) throw;  // says all that there is to say
    throw Error(inQuotes(file) + " is no sound safetensors file: " + error.what() + ".");
  }
}

void writeTensors(std::ostream& stream, const TensorFile& content) {
  const std::string header = tensorHeaderText(content);
  const auto sizeBytes = std::bit_cast<std::array<char, 8>>(std::uint64_t{header.size()});
  stream.write(sizeBytes.data(), sizeBytes.size());
  stream.write(header.data(), static_cast<std::streamsize>(header.size()));
  for (const auto& tensor : content.tensors) {
    stream.write(reinterpret_cast<const char*>(tensor.bytes.data()),
                 static_cast<std::streamsize>(tensor.bytes.size()));
  }
}

void writeTensorFile(const fs::path& file, const TensorFile& content) {
  writeAtomically(file, [&](std::ostream& stream) { writeTensors(stream, content); });
}

}  // namespace modascope
