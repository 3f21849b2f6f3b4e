#include "core/volume/nifti_header.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <optional>
#include <span>

#include "core/base/error.h"
#include "core/base/lower_case.h"
#include "core/files/file_kind.h"
#include "core/files/input_file.h"
#include "core/files/memory_need.h"
#include "core/volume/gzip/gzip_stream.h"
#include "core/volume/nifti_geometry.h"

namespace modascope {
namespace {

constexpr std::size_t kHeaderBytes = 348;
constexpr std::uint64_t kFirstVoxelAtLeast = 352;  // the header and the four extension bytes
constexpr std::uint64_t kMostInflation = 1032;     // deflate cannot do better
constexpr std::uint64_t kMostAfter = 64'000'000;   // bytes inflated behind the image

/// Fields by their place in the header, in the file's byte order.
class Fields {
 public:
  explicit Fields(const std::array<unsigned char, kHeaderBytes>& bytes) : bytes_(bytes) {
    swapped_ = at<std::int32_t>(0) != static_cast<std::int32_t>(kHeaderBytes);
  }

  template <typename T>
  T at(std::size_t offset) const {
    std::array<unsigned char, sizeof(T)> raw{};
    std::copy_n(bytes_.begin() + static_cast<std::ptrdiff_t>(offset), sizeof(T), raw.begin());
    if (swapped_) std::reverse(raw.begin(), raw.end());
    return std::bit_cast<T>(raw);
  }

  template <typename T, std::size_t N>
  std::array<T, N> row(std::size_t offset) const {
    std::array<T, N> values{};
    for (std::size_t i = 0; i < N; ++i) values[i] = at<T>(offset + i * sizeof(T));
    return values;
  }

  bool bigEndian() const { return swapped_ == (std::endian::native == std::endian::little); }

  std::string magic() const {
    return {bytes_.begin() + 344, std::find(bytes_.begin() + 344, bytes_.end(), '\0')};
  }

 private:
  const std::array<unsigned char, kHeaderBytes>& bytes_;
  bool swapped_ = false;
};

/// Bytes a voxel, for the types that are one number; nothing for the rest.
std::optional<std::uint64_t> bytesOf(int datatype) {
  switch (datatype) {
    case 2:    // uint8
    case 256:  // int8
      return 1;
    case 4:    // int16
    case 512:  // uint16
      return 2;
    case 8:    // int32
    case 16:   // float32
    case 768:  // uint32
      return 4;
    case 64:    // float64
    case 1024:  // int64
    case 1280:  // uint64
      return 8;
    default:
      return std::nullopt;
  }
}

void requireNifti1(const Fields& fields, const std::string& name) {
  const auto size = fields.at<std::int32_t>(0);
  const auto otherSize =
      static_cast<std::int32_t>(__builtin_bswap32(static_cast<std::uint32_t>(size)));
  if (size == 540 || otherSize == 540) {
    throw Error(name + " is a NIfTI-2 file; save it as NIfTI-1 (.nii or .nii.gz).");
  }
  if (size != static_cast<std::int32_t>(kHeaderBytes)) {
    throw Error(name + " is no NIfTI file: its first bytes are not those of a header.");
  }
  const std::string magic = fields.magic();
  if (magic == "ni1") {
    throw Error(name + " is the header of a .hdr/.img pair; save it as one .nii or .nii.gz file.");
  }
  if (magic != "n+1") {
    throw Error(name + " is no NIfTI file: expected the mark \"n+1\" at the end of its header.");
  }
}

struct Shape {
  std::array<std::int64_t, 3> size{1, 1, 1};
  std::int64_t components = 1;
};

Shape shapeOf(const Fields& fields, const std::string& name) {
  const auto dim = fields.row<std::int16_t, 8>(40);
  if (dim[0] < 1 || dim[0] > 7) {
    throw Error(name + " says that it has " + std::to_string(dim[0]) +
                " dimensions; expected 3, or 4 for several images in one file.");
  }
  std::array<std::int64_t, 7> length{1, 1, 1, 1, 1, 1, 1};
  for (std::size_t i = 0; i < static_cast<std::size_t>(dim[0]); ++i) {
    length[i] = dim[i + 1];
    if (length[i] < 1) {
      throw Error(name + " says that it has " + std::to_string(length[i]) +
                  " voxels along dimension " + std::to_string(i + 1) + "; expected at least 1.");
    }
  }
  if (length[4] * length[5] * length[6] != 1) {
    throw Error(name + " has more than four dimensions; expected 3, or 4 for several images.");
  }
  return {{length[0], length[1], length[2]}, length[3]};
}

std::uint64_t firstVoxel(const Fields& fields, const std::string& name) {
  const auto offset = fields.at<float>(108);
  if (!std::isfinite(offset) || offset < static_cast<float>(kFirstVoxelAtLeast) || offset > 1e15f) {
    throw Error(name + " says that its voxels begin at byte " + std::to_string(offset) +
                "; expected 352 or later.");
  }
  return static_cast<std::uint64_t>(offset);
}

NiftiSpace spaceOf(const Fields& fields, const Shape& shape) {
  NiftiSpace space;
  space.size = shape.size;
  space.pixdim = fields.row<float, 4>(76);
  for (std::size_t i = static_cast<std::size_t>(fields.at<std::int16_t>(40)) + 1; i < 4; ++i) {
    space.pixdim[i] = 1.0f;  // a dimension that the file does not have
  }
  space.units = fields.at<std::uint8_t>(123) & 7;
  space.timeUnits = fields.at<std::uint8_t>(123) & 0x38;
  space.qformCode = fields.at<std::int16_t>(252);
  space.sformCode = fields.at<std::int16_t>(254);
  space.quaternion = fields.row<float, 6>(256);
  space.sform = fields.row<float, 12>(280);
  return space;
}

/// A slope of 0 means that there is no scaling, whatever the intercept.
void takeScaling(const Fields& fields, const std::string& name, NiftiHeader& header) {
  const auto slope = fields.at<float>(112);
  const auto intercept = fields.at<float>(116);
  if (!std::isfinite(slope)) {
    header.notes.push_back(name + ": the slope in its header is not a number and was ignored.");
  } else if (slope != 0) {
    header.slope = slope;
    if (std::isfinite(intercept)) {
      header.intercept = intercept;
    } else {
      header.notes.push_back(name +
                             ": the intercept in its header is not a number and was ignored.");
    }
  }
}

[[noreturn]] void throwTruncated(const std::string& name, std::uint64_t found,
                                 std::uint64_t expected) {
  throw Error(name + " is truncated: it holds " + std::to_string(found) +
              " bytes, but its header asks for " + std::to_string(expected) + ".");
}

/// The inflated length that a gzip file ends with, modulo 2^32.
std::uint32_t statedLength(const std::filesystem::path& file) {
  InputFile input(file);
  std::array<unsigned char, 4> raw{};
  input.seek(input.size() - std::min<std::uint64_t>(input.size(), raw.size()));
  input.read(raw.data(), raw.size());
  return raw[0] | raw[1] << 8 | raw[2] << 16 | static_cast<std::uint32_t>(raw[3]) << 24;
}

/// One of the file's images as it is stored, and as floats.
std::uint64_t memoryFor(const NiftiHeader& header, std::uint64_t voxelBytes) {
  const std::uint64_t stored =
      (header.imageEnd - header.imageBegin) / static_cast<std::uint64_t>(header.components);
  return stored + stored / voxelBytes * sizeof(float);
}

/// What the file's length alone can tell, before it is walked through, and whether there is memory
/// for what it truly claims.
void checkLength(const std::filesystem::path& file, NiftiHeader& header, std::uint64_t voxelBytes) {
  const std::string name = file.filename().string();
  const std::uint64_t length = InputFile(file).size();
  if (header.compressed) {
    if (header.imageEnd / kMostInflation > length) {
      throwTruncated(file.string(), length, header.imageEnd);
    }
    requireMemory(file, memoryFor(header, voxelBytes));
    if (statedLength(file) != static_cast<std::uint32_t>(header.imageEnd)) {
      checkNiftiBody(file, header);
    }
    return;
  }
  if (length < header.imageEnd) throwTruncated(file.string(), length, header.imageEnd);
  requireMemory(file, memoryFor(header, voxelBytes));
  if (length > header.imageEnd) {
    header.notes.push_back(name + ": " + std::to_string(length - header.imageEnd) +
                           " bytes after the image were ignored.");
  }
}

bool isFloating(int datatype) {
  return datatype == 16 || datatype == 64;
}

template <typename T>
std::uint64_t countNotFinite(std::span<const unsigned char> bytes, bool bigEndian) {
  std::uint64_t count = 0;
  for (std::size_t at = 0; at + sizeof(T) <= bytes.size(); at += sizeof(T)) {
    std::array<unsigned char, sizeof(T)> raw{};
    std::copy_n(bytes.data() + at, sizeof(T), raw.begin());
    if (bigEndian == (std::endian::native == std::endian::little))
      std::reverse(raw.begin(), raw.end());
    if (!std::isfinite(std::bit_cast<T>(raw))) ++count;
  }
  return count;
}

/// Reads everything, or as far as anyone should, and returns its length; the voxels of one
/// component are looked at on the way.
std::uint64_t readBody(GzipStream& stream, const NiftiHeader& header, int component,
                       std::uint64_t& notFinite) {
  const std::uint64_t most = header.imageEnd + (header.compressed ? kMostAfter : 0);
  if (!isFloating(header.datatype)) return stream.skipToEnd(most);
  const std::uint64_t size =
      (header.imageEnd - header.imageBegin) / static_cast<std::uint64_t>(header.components);
  const std::uint64_t begin = header.imageBegin + size * static_cast<std::uint64_t>(component);
  std::vector<unsigned char> block(1 << 18);  // a multiple of every voxel's bytes
  std::uint64_t length = 0;
  while (length < most) {
    const std::uint64_t border = length < begin ? begin : begin + size;
    const std::uint64_t want =
        length < border ? std::min<std::uint64_t>(block.size(), border - length) : block.size();
    const std::size_t got = stream.read({block.data(), static_cast<std::size_t>(want)});
    if (length >= begin && length < begin + size) {
      notFinite += header.datatype == 16
                       ? countNotFinite<float>({block.data(), got}, header.bigEndian)
                       : countNotFinite<double>({block.data(), got}, header.bigEndian);
    }
    length += got;
    if (got < want) break;
  }
  return length;
}

void noteName(const std::filesystem::path& file, NiftiHeader& header) {
  const std::string extension = lowerCase(file.extension().string());
  if (header.compressed && extension != ".gz") {
    throw Error(file.string() + " is compressed although its name does not end in .gz; rename it.");
  }
  if (!header.compressed && extension == ".gz") {
    header.notes.push_back(file.filename().string() +
                           ": it is not compressed although its name ends in .gz.");
  }
}

}  // namespace

NiftiHeader readNiftiHeader(const std::filesystem::path& file) {
  const std::string full = file.string();
  const std::string name = file.filename().string();
  std::array<unsigned char, kHeaderBytes> bytes{};
  GzipStream stream(file);
  const std::size_t got = stream.read(bytes);
  if (got == 0) throw Error(full + " is empty; expected a NIfTI image.");
  const std::string other =
      otherKind({reinterpret_cast<const char*>(bytes.data()), got}, Wanted::Volume, file);
  if (!other.empty()) throw Error(inQuotes(file) + " " + other + ".");
  if (got < kHeaderBytes) {
    throw Error(full + " is no NIfTI file: it holds " + std::to_string(got) +
                " bytes, and the header alone has 348.");
  }
  const Fields fields(bytes);
  requireNifti1(fields, full);
  const Shape shape = shapeOf(fields, full);

  NiftiHeader header;
  header.components = static_cast<int>(shape.components);
  header.compressed = stream.compressed();
  header.datatype = fields.at<std::int16_t>(70);
  const auto voxelBytes = bytesOf(header.datatype);
  if (!voxelBytes) {
    throw Error(full + " has the data type " + std::to_string(header.datatype) +
                ", which is not a plain number; expected integers or floats.");
  }
  // Each length is below 2^15, so the product stays below 2^63.
  const auto count = static_cast<std::uint64_t>(shape.size[0]) *
                     static_cast<std::uint64_t>(shape.size[1]) *
                     static_cast<std::uint64_t>(shape.size[2]);
  header.bigEndian = fields.bigEndian();
  header.imageBegin = firstVoxel(fields, full);
  header.imageEnd =
      header.imageBegin + count * static_cast<std::uint64_t>(shape.components) * *voxelBytes;
  noteName(file, header);
  checkLength(file, header, *voxelBytes);
  header.space = spaceOf(fields, shape);
  header.grid = gridOf(header.space, file, header.notes);
  takeScaling(fields, name, header);
  if (*std::min_element(shape.size.begin(), shape.size.end()) == 1) {
    header.notes.push_back(name + ": it is one slice only, not a volume.");
  }
  return header;
}

NiftiBody checkNiftiBody(const std::filesystem::path& file, const NiftiHeader& header,
                         int component) {
  NiftiBody body;
  if (!header.compressed && !isFloating(header.datatype)) return body;
  GzipStream stream(file);
  const std::uint64_t length = readBody(stream, header, component, body.notFinite);
  if (length < header.imageEnd) throwTruncated(file.string(), length, header.imageEnd);
  const std::uint64_t extra = length - header.imageEnd + stream.bytesAfter();
  if (extra > 0 && header.compressed) {
    const bool more = length >= header.imageEnd + kMostAfter;
    body.notes.push_back(file.filename().string() + ": " + (more ? "more than " : "") +
                         std::to_string(more ? kMostAfter : extra) +
                         " bytes after the image were ignored.");
  }
  return body;
}

}  // namespace modascope
