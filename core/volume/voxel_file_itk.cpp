#include <algorithm>
#include <mutex>

#include <itkNiftiImageIO.h>

#include "core/base/error.h"
#include "core/volume/voxel_file.h"

namespace modascope {
namespace {

/// ITK sets up its registries on first use without a guard, and files are read by several threads
/// at once: one of them at a time is inside ITK.
std::mutex& itkTurn() {
  static std::mutex turn;
  return turn;
}

/// Made here and not by ITK's factories, so that no registered format can answer instead.
itk::NiftiImageIO::Pointer niftiIo(const std::filesystem::path& file) {
  auto io = itk::NiftiImageIO::New();
  io->SetFileName(file.string());
  return io;
}

template <typename T>
std::vector<float> scaled(const std::vector<char>& bytes, const NiftiHeader& header) {
  const auto* values = reinterpret_cast<const T*>(bytes.data());
  std::vector<float> result(bytes.size() / sizeof(T));
  if (header.slope == 1 && header.intercept == 0) {
    std::transform(values, values + result.size(), result.begin(),
                   [](T value) { return static_cast<float>(value); });
  } else {
    std::transform(values, values + result.size(), result.begin(), [&](T value) {
      return static_cast<float>(header.slope * static_cast<double>(value) + header.intercept);
    });
  }
  return result;
}

/// By NIfTI's code; a checked header has no other.
std::vector<float> asFloats(const std::vector<char>& bytes, const NiftiHeader& header) {
  switch (header.datatype) {
    case 2:
      return scaled<std::uint8_t>(bytes, header);
    case 4:
      return scaled<std::int16_t>(bytes, header);
    case 8:
      return scaled<std::int32_t>(bytes, header);
    case 16:
      return scaled<float>(bytes, header);
    case 64:
      return scaled<double>(bytes, header);
    case 256:
      return scaled<std::int8_t>(bytes, header);
    case 512:
      return scaled<std::uint16_t>(bytes, header);
    case 768:
      return scaled<std::uint32_t>(bytes, header);
    case 1024:
      return scaled<std::int64_t>(bytes, header);
    default:
      return scaled<std::uint64_t>(bytes, header);
  }
}

/// ITK drops trailing dimensions of length 1; the region must have the dimensions that it kept.
itk::ImageIORegion regionOf(const itk::NiftiImageIO& io, int component) {
  const unsigned int dimensions = io.GetNumberOfDimensions();
  itk::ImageIORegion region(dimensions);
  for (unsigned int i = 0; i < dimensions; ++i) {
    region.SetIndex(i, i == 3 ? component : 0);
    region.SetSize(i, i == 3 ? 1 : io.GetDimensions(i));
  }
  return region;
}

/// The stored numbers, unscaled: ITK adds an intercept even where the slope is 0.
std::vector<float> readWithItk(const std::filesystem::path& file, const NiftiHeader& header,
                               int component) {
  const std::lock_guard turn(itkTurn());
  const auto io = niftiIo(file);
  io->ReadImageInformation();
  io->SetRescaleSlope(1);
  io->SetRescaleIntercept(0);
  io->SetIORegion(regionOf(*io, component));
  const std::uint64_t stored =
      (header.imageEnd - header.imageBegin) / static_cast<std::uint64_t>(header.components);
  // ITK may take room for floats where the file asks for scaling.
  const std::uint64_t room =
      io->GetComponentSize() * static_cast<std::uint64_t>(header.grid.voxelCount());
  std::vector<char> bytes(std::max(stored, room));
  io->Read(bytes.data());
  bytes.resize(stored);
  return asFloats(bytes, header);
}

template <typename T>
constexpr itk::IOComponentEnum componentOf() {
  return std::is_same_v<T, float> ? itk::IOComponentEnum::FLOAT : itk::IOComponentEnum::UCHAR;
}

template <typename T>
void writeWithItk(const std::filesystem::path& file, const VoxelGrid& grid,
                  std::span<const T> voxels) {
  const std::lock_guard turn(itkTurn());
  const auto io = niftiIo(file);
  io->SetNumberOfDimensions(3);
  itk::ImageIORegion region(3);
  for (unsigned int axis = 0; axis < 3; ++axis) {
    const auto size = static_cast<itk::SizeValueType>(grid.size[axis]);
    io->SetDimensions(axis, size);
    io->SetSpacing(axis, grid.spacing[axis]);
    io->SetOrigin(axis, grid.origin[axis]);
    io->SetDirection(axis, {grid.direction[axis].begin(), grid.direction[axis].end()});
    region.SetIndex(axis, 0);
    region.SetSize(axis, size);
  }
  io->SetIORegion(region);
  io->SetNumberOfComponents(1);
  io->SetPixelType(itk::IOPixelEnum::SCALAR);
  io->SetComponentType(componentOf<T>());
  io->Write(voxels.data());
}

template <typename T>
void writeChecked(const std::filesystem::path& file, const VoxelGrid& grid,
                  std::span<const T> voxels) {
  try {
    writeWithItk(file, grid, voxels);
  } catch (const itk::ExceptionObject& problem) {
    throw Error(file.string() + " cannot be written: " + problem.GetDescription(), Fault::System);
  }
}

}  // namespace

void requireImaging() {}

std::vector<float> readVoxels(const std::filesystem::path& file, const NiftiHeader& header,
                              int component) {
  try {
    return readWithItk(file, header, component);
  } catch (const itk::ExceptionObject& problem) {
    throw Error(file.string() + " cannot be read: " + problem.GetDescription());
  }
}

void writeVoxels(const std::filesystem::path& file, const VoxelGrid& grid,
                 std::span<const float> voxels) {
  writeChecked(file, grid, voxels);
}

void writeVoxels(const std::filesystem::path& file, const VoxelGrid& grid,
                 std::span<const std::uint8_t> voxels) {
  writeChecked(file, grid, voxels);
}

}  // namespace modascope
