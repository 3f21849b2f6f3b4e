#include <algorithm>

#include <itkNiftiImageIO.h>

#include "core/base/error.h"
#include "core/volume/voxel_file.h"

namespace modascope {
namespace {

using Component = itk::IOComponentEnum;

/// Made here and not by ITK's factories, so that no registered format can answer instead.
itk::NiftiImageIO::Pointer niftiIo(const std::filesystem::path& file) {
  auto io = itk::NiftiImageIO::New();
  io->SetFileName(file.string());
  return io;
}

template <typename T>
std::vector<float> asFloats(const std::vector<char>& bytes) {
  const auto* values = reinterpret_cast<const T*>(bytes.data());
  std::vector<float> result(bytes.size() / sizeof(T));
  std::transform(values, values + result.size(), result.begin(),
                 [](T value) { return static_cast<float>(value); });
  return result;
}

std::vector<float> asFloats(Component type, const std::vector<char>& bytes) {
  switch (type) {
    case Component::UCHAR:
      return asFloats<unsigned char>(bytes);
    case Component::CHAR:
      return asFloats<signed char>(bytes);
    case Component::USHORT:
      return asFloats<unsigned short>(bytes);
    case Component::SHORT:
      return asFloats<short>(bytes);
    case Component::UINT:
      return asFloats<unsigned int>(bytes);
    case Component::INT:
      return asFloats<int>(bytes);
    case Component::ULONG:
      return asFloats<unsigned long>(bytes);
    case Component::LONG:
      return asFloats<long>(bytes);
    case Component::ULONGLONG:
      return asFloats<unsigned long long>(bytes);
    case Component::LONGLONG:
      return asFloats<long long>(bytes);
    case Component::FLOAT:
      return asFloats<float>(bytes);
    case Component::DOUBLE:
      return asFloats<double>(bytes);
    default:
      throw Error("its voxels are no plain numbers");
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

std::vector<float> readWithItk(const std::filesystem::path& file, std::size_t count,
                               int component) {
  const auto io = niftiIo(file);
  io->ReadImageInformation();
  if (io->GetNumberOfComponents() != 1) throw Error("its voxels are no plain numbers");
  io->SetIORegion(regionOf(*io, component));
  std::vector<char> bytes(count * io->GetComponentSize());
  io->Read(bytes.data());
  return asFloats(io->GetComponentType(), bytes);
}

template <typename T>
constexpr Component componentOf() {
  return std::is_same_v<T, float> ? Component::FLOAT : Component::UCHAR;
}

template <typename T>
void writeWithItk(const std::filesystem::path& file, const VoxelGrid& grid,
                  std::span<const T> voxels) {
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
    return readWithItk(file, static_cast<std::size_t>(header.grid.voxelCount()), component);
  } catch (const itk::ExceptionObject& problem) {
    throw Error(file.string() + " cannot be read: " + problem.GetDescription());
  } catch (const Error& problem) {
    throw Error(file.string() + " cannot be read: " + problem.what() + ".");
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
