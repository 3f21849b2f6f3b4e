#include "tests/core/hdf5/odd_hdf5.h"

#include <array>
#include <fstream>
#include <functional>
#include <iterator>
#include <numeric>

#include <hdf5.h>

#include "tests/core/hdf5/hdf5_writer.h"

namespace modascope {
namespace {

namespace fs = std::filesystem;
using Shape = OddHdf5::Shape;

hid_t spaceOf(const Shape& shape) {
  const std::vector<hsize_t> sizes(shape.begin(), shape.end());
  return H5Screate_simple(static_cast<int>(sizes.size()), sizes.data(), nullptr);
}

/// Makes a data set as `plan` says; `use` gets it.
void make(hid_t file, const std::string& path, const Shape& shape, hid_t plan, hid_t type,
          const std::function<void(hid_t)>& use = {}) {
  const hid_t space = spaceOf(shape), links = H5Pcreate(H5P_LINK_CREATE);
  H5Pset_create_intermediate_group(links, 1);
  const hid_t set = H5Dcreate2(file, path.c_str(), type, space, links, plan, H5P_DEFAULT);
  if (use) use(set);
  H5Dclose(set);
  H5Pclose(links);
  H5Sclose(space);
  H5Pclose(plan);
}

std::uint64_t countOf(const Shape& shape) {
  return std::accumulate(shape.begin(), shape.end(), std::uint64_t{1}, std::multiplies<>());
}

std::vector<float> rising(std::uint64_t count) {
  std::vector<float> values(count);
  std::iota(values.begin(), values.end(), 0.F);
  return values;
}

hid_t plan() {
  return H5Pcreate(H5P_DATASET_CREATE);
}

void packed(hid_t file, const std::string& path, const Shape& shape) {
  const hid_t how = plan();
  std::vector<hsize_t> chunk(shape.begin(), shape.end());
  chunk[0] = chunk[0] / 2 + 1;
  H5Pset_chunk(how, static_cast<int>(chunk.size()), chunk.data());
  H5Pset_shuffle(how);
  H5Pset_deflate(how, 6);
  const std::vector<float> values = rising(countOf(shape));
  make(file, path, shape, how, H5T_IEEE_F32LE, [&](hid_t set) {
    H5Dwrite(set, H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data());
  });
}

}  // namespace

void writeAllKinds(const fs::path& file, bool newest) {
  Hdf5Writer writer(file, newest);
  for (const std::string split : {"/train", "/valid", "/test"}) {
    const std::size_t n = split == "/train" ? 20 : 8;
    std::vector<std::string> ids, texts;
    std::vector<int> classes;
    for (std::size_t i = 0; i < n; ++i) {
      ids.push_back(split + std::to_string(i));
      texts.push_back("what was said at the place numbered " + std::to_string(i * i));
      classes.push_back(static_cast<int>(i % 3));
    }
    writer.floats(split + "/text", {n, 6}, rising(6 * n));
    writer.doubles(split + "/audio", {n, 4, 3}, std::vector<double>(12 * n, 0.5));
    writer.integers(split + "/labels", {n}, classes);
    writer.strings(split + "/raw_text", texts);
    writer.fixedStrings(split + "/ids", {n}, 12, ids);
    writer.truths(split + "/audio_absent", std::vector<std::int8_t>(n, 0));
    packed(writer.handle(), split + "/vision", {n, 5});
  }
  writer.attribute("modalities", "text,audio,vision");
  writer.strings("/class_names", {"none", "few", "many"});
}

fs::path labelsBeside(const fs::path& file) {
  return file.parent_path() / "labels.csd";
}

void writeSequences(const fs::path& file) {
  Hdf5Writer audio(file), labels(labelsBeside(file));
  for (const std::string video : {"a", "b", "c", "d", "e", "f", "g", "h"}) {
    const std::string path = "/COVAREP/data/" + video, beside = "/Labels/data/" + video;
    audio.floats(path + "/features", {10, 3}, rising(30));
    audio.floats(path + "/intervals", {10, 2},
                 {0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10});
    labels.floats(beside + "/features", {2, 1}, {-2, 2});
    labels.floats(beside + "/intervals", {2, 2}, {0, 5, 5, 10});
  }
  audio.strings("/COVAREP/metadata/creator", {"somebody"});
}

void writeFamily(const fs::path& pattern) {
  constexpr hsize_t kPartBytes = 4096;
  const hid_t access = H5Pcreate(H5P_FILE_ACCESS);
  H5Pset_fapl_family(access, kPartBytes, H5P_DEFAULT);
  const hid_t file = H5Fcreate(pattern.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, access);
  packed(file, "/train/text", {2000, 2});
  H5Fclose(file);
  H5Pclose(access);
}

/// Of the heap of texts, the first object gets a size that adds up to nothing with its head.
void makeEndless(const fs::path& file) {
  std::ifstream input(file, std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(input)), {});
  constexpr std::size_t kSizePlace = 16 + 8;  // behind the heap's head and the object's number
  bytes.replace(bytes.find("GCOL") + kSizePlace, 8, "\xf0\xff\xff\xff\xff\xff\xff\xff");
  std::ofstream(file, std::ios::binary) << bytes;
}

OddHdf5::OddHdf5(const fs::path& file) : file_(H5Fopen(file.c_str(), H5F_ACC_RDWR, H5P_DEFAULT)) {}

OddHdf5::~OddHdf5() {
  H5Fclose(file_);
}

void OddHdf5::remove(const std::string& path) {
  H5Ldelete(file_, path.c_str(), H5P_DEFAULT);
}

void OddHdf5::softLink(const std::string& path, const std::string& target) {
  H5Lcreate_soft(target.c_str(), file_, path.c_str(), H5P_DEFAULT, H5P_DEFAULT);
}

void OddHdf5::hardLink(const std::string& path, const std::string& target) {
  H5Lcreate_hard(file_, target.c_str(), file_, path.c_str(), H5P_DEFAULT, H5P_DEFAULT);
}

void OddHdf5::externalLink(const std::string& path, const std::string& file,
                           const std::string& target) {
  H5Lcreate_external(file.c_str(), target.c_str(), file_, path.c_str(), H5P_DEFAULT, H5P_DEFAULT);
}

void OddHdf5::virtualSet(const std::string& path, const Shape& shape, const std::string& file,
                         const std::string& source) {
  const hid_t space = spaceOf(shape), how = plan();
  H5Pset_virtual(how, space, file.c_str(), source.c_str(), space);
  make(file_, path, shape, how, H5T_IEEE_F32LE);
  H5Sclose(space);
}

void OddHdf5::externalSet(const std::string& path, const Shape& shape, const std::string& file) {
  const hid_t how = plan();
  H5Pset_external(how, file.c_str(), 0, countOf(shape) * sizeof(float));
  make(file_, path, shape, how, H5T_IEEE_F32LE);
}

void OddHdf5::unwritten(const std::string& path, const Shape& shape) {
  make(file_, path, shape, plan(), H5T_IEEE_F32LE);
}

void OddHdf5::chunked(const std::string& path, const Shape& shape, std::uint64_t rows,
                      std::uint64_t written) {
  const hid_t how = plan();
  std::vector<hsize_t> chunk(shape.begin(), shape.end()), start(shape.size(), 0), size = chunk;
  chunk[0] = rows;
  size[0] = written;
  H5Pset_chunk(how, static_cast<int>(chunk.size()), chunk.data());
  make(file_, path, shape, how, H5T_IEEE_F32LE, [&](hid_t set) {
    if (written == 0) return;
    const hid_t space = H5Dget_space(set), memory = spaceOf({size.begin(), size.end()});
    H5Sselect_hyperslab(space, H5S_SELECT_SET, start.data(), nullptr, size.data(), nullptr);
    const std::vector<float> values = rising(countOf({size.begin(), size.end()}));
    H5Dwrite(set, H5T_NATIVE_FLOAT, memory, space, H5P_DEFAULT, values.data());
    H5Sclose(memory);
    H5Sclose(space);
  });
}

void OddHdf5::filtered(const std::string& path, const Shape& shape, int filter,
                       const std::string& name) {
  const auto copy = [](unsigned, std::size_t, const unsigned*, std::size_t bytes, std::size_t*,
                       void**) -> std::size_t { return bytes; };
  const H5Z_class2_t known{H5Z_CLASS_T_VERS, filter, 1, 1, name.c_str(), nullptr, nullptr, copy};
  H5Zregister(&known);
  const hid_t how = plan();
  const std::vector<hsize_t> chunk(shape.begin(), shape.end());
  H5Pset_chunk(how, static_cast<int>(chunk.size()), chunk.data());
  H5Pset_filter(how, filter, 0, 0, nullptr);
  const std::vector<float> values = rising(countOf(shape));
  make(file_, path, shape, how, H5T_IEEE_F32LE, [&](hid_t set) {
    H5Dwrite(set, H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data());
  });
  H5Zunregister(filter);
}

void OddHdf5::namedType(const std::string& path) {
  const hid_t type = H5Tcopy(H5T_NATIVE_FLOAT);
  H5Tcommit2(file_, path.c_str(), type, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
  H5Tclose(type);
}

void OddHdf5::lists(const std::string& path, std::uint64_t count) {
  const hid_t type = H5Tvlen_create(H5T_NATIVE_FLOAT);
  std::array<float, 2> two{1, 2};
  std::vector<hvl_t> values(count, hvl_t{two.size(), two.data()});
  make(file_, path, {count}, plan(), type,
       [&](hid_t set) { H5Dwrite(set, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()); });
  H5Tclose(type);
}

}  // namespace modascope
