#include "core/hdf5/hdf5_links.h"

#include <sstream>

#include "core/base/error.h"

namespace modascope::hdf5 {
namespace {

constexpr int kMostLinks = 32;  // on the way to one place; more are a ring

std::vector<std::string> partsOf(const std::string& path) {
  std::vector<std::string> parts;
  std::istringstream words(path);
  for (std::string part; std::getline(words, part, '/');)
    if (!part.empty() && part != ".") parts.push_back(part);
  return parts;
}

std::string valueOf(const OpenFile& file, const std::string& link, std::size_t size) {
  std::string value(size, '\0');
  if (size > 0) H5Lget_val(file.handle, link.c_str(), value.data(), size, H5P_DEFAULT);
  return value;
}

[[noreturn]] void throwExternal(const OpenFile& file, const std::string& link, std::size_t size) {
  const std::string value = valueOf(file, link, size);
  const char *other = nullptr, *place = nullptr;
  unsigned flags = 0;
  const bool told =
      size > 0 && H5Lunpack_elink_val(value.data(), size, &flags, &other, &place) >= 0;
  throw Error(at(file.path, link) + " is a link into another file" +
              (told ? ", " + inQuotes(other) : std::string()) +
              "; only what lies in the file itself is read. Copy the data into it.");
}

[[noreturn]] void throwUnreadable(const OpenFile& file, const std::string& path) {
  throw Error(at(file.path, path) + " is there and cannot be read (" + libraryReason() +
              "); the file may be damaged.");
}

/// Whether the group has such a member. A group that cannot be read is not an empty one.
bool isThere(const OpenFile& file, const std::string& group, const std::string& member) {
  const htri_t there = H5Lexists(file.handle, member.c_str(), H5P_DEFAULT);
  if (there >= 0) return there > 0;
  const std::string reason = libraryReason();
  const Handle above(H5Oopen(file.handle, group.empty() ? "/" : group.c_str(), H5P_DEFAULT),
                     H5Oclose);
  if (above.valid() && H5Iget_type(above) != H5I_GROUP) return false;
  throw Error(at(file.path, member) + " cannot be looked for (" + reason +
              "); the file may be damaged.");
}

/// Whether there is anything at the path, through links of the file itself alone, of which `links`
/// were followed.
bool leadsSomewhere(const OpenFile& file, const std::string& path, int& links) {
  std::string place;
  for (const std::string& part : partsOf(path)) {
    const std::string group = place;
    place += "/" + part;
    H5L_info_t link{};
    if (!isThere(file, group, place)) return false;
    if (H5Lget_info(file.handle, place.c_str(), &link, H5P_DEFAULT) < 0)
      throwUnreadable(file, place);
    if (link.type == H5L_TYPE_HARD) continue;
    if (link.type != H5L_TYPE_SOFT) throwExternal(file, place, link.u.val_size);
    const std::string target = valueOf(file, place, link.u.val_size).c_str();
    const std::string whole = target.starts_with('/') ? target : group + "/" + target;
    if (++links <= kMostLinks && leadsSomewhere(file, whole, links)) continue;
    throw Error(at(file.path, place) + " is a link to " + inQuotes(target) +
                ", which is not there; link it to what is meant, or remove it.");
  }
  return true;
}

}  // namespace

std::vector<std::string> membersOf(const OpenFile& file, const std::string& group) {
  if (lookAt(file, group) != Found::Group)
    throw Error(inQuotes(file.path) + " has no group " + group + ".");
  const Handle opened(H5Gopen2(file.handle, group.c_str(), H5P_DEFAULT), H5Gclose);
  const auto add = [](hid_t, const char* name, const H5L_info_t*, void* names) -> herr_t {
    static_cast<std::vector<std::string>*>(names)->emplace_back(name);
    return 0;
  };
  std::vector<std::string> names;
  if (H5Literate(opened, H5_INDEX_NAME, H5_ITER_NATIVE, nullptr, add, &names) < 0)
    throwUnreadable(file, group);
  return names;
}

Found lookAt(const OpenFile& file, const std::string& path) {
  int links = 0;
  if (!leadsSomewhere(file, path, links)) return Found::Nothing;
  const Handle opened(H5Oopen(file.handle, path.c_str(), H5P_DEFAULT), H5Oclose);
  switch (H5Iget_type(opened)) {
    case H5I_GROUP:
      return Found::Group;
    case H5I_DATASET:
      return Found::DataSet;
    case H5I_BADID:
      throwUnreadable(file, path);
    default:
      return Found::OtherThing;
  }
}

}  // namespace modascope::hdf5
