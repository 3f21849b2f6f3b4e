#include "core/demo/zip_archive.h"

#include <algorithm>
#include <set>

#include <zip.h>

#include "core/base/error.h"
#include "core/files/memory_need.h"

namespace modascope {
namespace {

constexpr zip_uint16_t kDosDate = (1 << 5) | 1;  // 1 January 1980: the time is no content
constexpr zip_uint32_t kBestDeflation = 9;

std::string wordsOf(zip_error_t& error) {
  std::string words = zip_error_strerror(&error);
  zip_error_fini(&error);
  return words;
}

bool leadsOut(const std::string& name) {
  if (name.empty() || name.front() == '/' || name.find('\\') != std::string::npos) return true;
  return ("/" + name + "/").find("/../") != std::string::npos;
}

}  // namespace

struct ZipReader::Archive {
  zip_t* zip = nullptr;
  ~Archive() {
    if (zip != nullptr) zip_discard(zip);
  }
};

ZipReader::ZipReader(std::string_view bytes, std::string file)
    : file_(std::move(file)), archive_(std::make_unique<Archive>()) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  if (source != nullptr)
    archive_->zip = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error);
  if (archive_->zip == nullptr) {
    if (source != nullptr) zip_source_free(source);
    refuse("is no zip container or was cut off (" + wordsOf(error) + ")");
  }
  const auto count = static_cast<zip_uint64_t>(zip_get_num_entries(archive_->zip, 0));
  std::set<std::string> seen;
  for (zip_uint64_t i = 0; i < count; ++i) {
    const char* name = zip_get_name(archive_->zip, i, ZIP_FL_ENC_RAW);
    if (name == nullptr || leadsOut(name))
      refuse("holds a file whose name leads out of it: " + inQuotes(name == nullptr ? "" : name));
    if (!seen.insert(name).second) refuse("holds " + inQuotes(name) + " twice");
    names_.emplace_back(name);
  }
}

ZipReader::~ZipReader() = default;

void ZipReader::refuse(const std::string& what) const {
  throw Error("The file " + file_ + ' ' + what + '.');
}

bool ZipReader::has(const std::string& name) const {
  return zip_name_locate(archive_->zip, name.c_str(), ZIP_FL_ENC_RAW) >= 0;
}

std::uint64_t ZipReader::sizeOf(const std::string& name) const {
  zip_stat_t facts;
  zip_stat_init(&facts);
  if (zip_stat(archive_->zip, name.c_str(), ZIP_FL_ENC_RAW, &facts) != 0)
    refuse("lacks its part " + inQuotes(name));
  return facts.size;
}

std::string ZipReader::read(const std::string& name, std::uint64_t most) const {
  const std::uint64_t size = sizeOf(name);
  if (size > most)
    refuse("has a part " + inQuotes(name) + " of " + sizeInWords(size) + "; at most " +
           sizeInWords(most) + " are read");
  std::string bytes(size, '\0');
  zip_file_t* part = zip_fopen(archive_->zip, name.c_str(), ZIP_FL_ENC_RAW);
  const zip_int64_t got = part == nullptr ? -1 : zip_fread(part, bytes.data(), size);
  char beyond = 0;  // reading to the end compares the check sum
  const bool ended = got >= 0 && zip_fread(part, &beyond, 1) == 0;
  const bool sound = part != nullptr && zip_fclose(part) == 0 && ended;
  if (!sound || static_cast<std::uint64_t>(got) != size)
    refuse("is damaged in its part " + inQuotes(name));
  return bytes;
}

std::string ZipReader::readExactly(const std::string& name, std::uint64_t size) const {
  const std::uint64_t found = sizeOf(name);
  if (found != size)
    refuse("has a part " + inQuotes(name) + " of " + std::to_string(found) + " bytes where " +
           std::to_string(size) + " are expected");
  return read(name, size);
}

void ZipWriter::add(std::string name, std::string bytes, bool packed) {
  parts_.push_back({std::move(name), std::move(bytes), packed});
}

std::string ZipWriter::finish() const {
  zip_error_t error;
  zip_error_init(&error);
  const auto fail = [](const std::string& why) -> void {
    throw Error("The container could not be made: " + why + '.', Fault::System);
  };
  zip_source_t* whole = zip_source_buffer_create(nullptr, 0, 0, &error);
  if (whole == nullptr) fail(wordsOf(error));
  zip_source_keep(whole);
  const std::unique_ptr<zip_source_t, decltype(&zip_source_free)> held(whole, &zip_source_free);
  zip_t* zip = zip_open_from_source(whole, ZIP_TRUNCATE, &error);
  if (zip == nullptr) fail(wordsOf(error));
  for (const Part& part : parts_) {
    zip_source_t* source = zip_source_buffer(zip, part.bytes.data(), part.bytes.size(), 0);
    const zip_int64_t place = zip_file_add(zip, part.name.c_str(), source, ZIP_FL_ENC_UTF_8);
    const auto index = static_cast<zip_uint64_t>(place);
    const auto how = part.packed ? ZIP_CM_DEFLATE : ZIP_CM_STORE;
    if (place < 0 || zip_set_file_compression(zip, index, how, kBestDeflation) != 0 ||
        zip_file_set_dostime(zip, index, 0, kDosDate, 0) != 0) {
      const std::string why = zip_strerror(zip);
      zip_discard(zip);
      fail(why);
    }
  }
  if (zip_close(zip) != 0) {
    const std::string why = zip_strerror(zip);
    zip_discard(zip);
    fail(why);
  }
  zip_stat_t facts;
  zip_stat_init(&facts);
  if (zip_source_stat(whole, &facts) != 0 || zip_source_open(whole) != 0) fail("it has no bytes");
  std::string bytes(facts.size, '\0');
  const zip_int64_t got = zip_source_read(whole, bytes.data(), bytes.size());
  zip_source_close(whole);
  if (got != static_cast<zip_int64_t>(bytes.size())) fail("it has fewer bytes than it says");
  return bytes;
}

}  // namespace modascope
