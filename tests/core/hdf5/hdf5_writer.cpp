#include "tests/core/hdf5/hdf5_writer.h"

#include <hdf5.h>

namespace modascope {

Hdf5Writer::Hdf5Writer(const std::filesystem::path& file, bool newest) : file_(-1) {
  const hid_t access = H5Pcreate(H5P_FILE_ACCESS);
  if (newest) H5Pset_libver_bounds(access, H5F_LIBVER_LATEST, H5F_LIBVER_LATEST);
  file_ = H5Fcreate(file.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, access);
  H5Pclose(access);
}

Hdf5Writer::~Hdf5Writer() {
  H5Fclose(file_);
}

void Hdf5Writer::write(const std::string& path, const Shape& shape, std::int64_t type,
                       const void* values) {
  const std::vector<hsize_t> sizes(shape.begin(), shape.end());
  const hid_t space = H5Screate_simple(static_cast<int>(sizes.size()), sizes.data(), nullptr);
  const hid_t links = H5Pcreate(H5P_LINK_CREATE);
  H5Pset_create_intermediate_group(links, 1);
  const hid_t set = H5Dcreate2(file_, path.c_str(), type, space, links, H5P_DEFAULT, H5P_DEFAULT);
  H5Dwrite(set, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values);
  H5Dclose(set);
  H5Pclose(links);
  H5Sclose(space);
}

void Hdf5Writer::floats(const std::string& path, const Shape& shape,
                        const std::vector<float>& values) {
  write(path, shape, H5T_NATIVE_FLOAT, values.data());
}

void Hdf5Writer::doubles(const std::string& path, const Shape& shape,
                         const std::vector<double>& values) {
  write(path, shape, H5T_NATIVE_DOUBLE, values.data());
}

void Hdf5Writer::integers(const std::string& path, const Shape& shape,
                          const std::vector<int>& values) {
  write(path, shape, H5T_NATIVE_INT, values.data());
}

void Hdf5Writer::truths(const std::string& path, const std::vector<std::int8_t>& values) {
  const hid_t type = H5Tenum_create(H5T_NATIVE_INT8);
  const std::int8_t no = 0, yes = 1;
  H5Tenum_insert(type, "FALSE", &no);
  H5Tenum_insert(type, "TRUE", &yes);
  write(path, {values.size()}, type, values.data());
  H5Tclose(type);
}

void Hdf5Writer::strings(const std::string& path, const std::vector<std::string>& values) {
  std::vector<const char*> pointers;
  for (const std::string& value : values) pointers.push_back(value.c_str());
  const hid_t type = H5Tcopy(H5T_C_S1);
  H5Tset_size(type, H5T_VARIABLE);
  H5Tset_cset(type, H5T_CSET_UTF8);
  write(path, {values.size()}, type, pointers.data());
  H5Tclose(type);
}

void Hdf5Writer::fixedStrings(const std::string& path, const Shape& shape, std::size_t length,
                              const std::vector<std::string>& values) {
  std::string bytes;
  for (std::string value : values) {
    value.resize(length, '\0');
    bytes += value;
  }
  const hid_t type = H5Tcopy(H5T_C_S1);
  H5Tset_size(type, length);
  H5Tset_strpad(type, H5T_STR_NULLPAD);
  write(path, shape, type, bytes.data());
  H5Tclose(type);
}

void Hdf5Writer::pairs(const std::string& path) {
  const hid_t type = H5Tcreate(H5T_COMPOUND, 2 * sizeof(float));
  H5Tinsert(type, "r", 0, H5T_NATIVE_FLOAT);
  H5Tinsert(type, "i", sizeof(float), H5T_NATIVE_FLOAT);
  const float values[2] = {1, 2};
  write(path, {1}, type, values);
  H5Tclose(type);
}

void Hdf5Writer::attribute(const std::string& name, const std::string& text) {
  const hid_t type = H5Tcopy(H5T_C_S1);
  H5Tset_size(type, H5T_VARIABLE);
  const hid_t space = H5Screate(H5S_SCALAR);
  const hid_t opened = H5Acreate2(file_, name.c_str(), type, space, H5P_DEFAULT, H5P_DEFAULT);
  const char* pointer = text.c_str();
  H5Awrite(opened, type, &pointer);
  H5Aclose(opened);
  H5Sclose(space);
  H5Tclose(type);
}

void Hdf5Writer::group(const std::string& path) {
  H5Gclose(H5Gcreate2(file_, path.c_str(), H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
}

void Hdf5Writer::flush() {
  H5Fflush(file_, H5F_SCOPE_GLOBAL);
}

}  // namespace modascope
