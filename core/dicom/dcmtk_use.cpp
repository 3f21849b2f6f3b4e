#include "core/dicom/dcmtk_use.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <mutex>

#include <dcmtk/oflog/oflog.h>

#include "core/base/error.h"
#include "core/base/name_text.h"
#include "core/files/input_file.h"

namespace modascope {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kPreamble = 128;  // bytes before "DICM"
constexpr std::size_t kLongestDecimal = 16;

[[noreturn]] void throwDamaged(const fs::path& file, const std::string& reason) {
  throw Error(inQuotes(file) + " begins as a DICOM file, but it is truncated or damaged (" +
              reason + "): copy it again.");
}

/// Whether pixels that the header announces are missing at the end.
bool lacksPixels(const fs::path& file, DcmDataset& dataset) {
  DcmElement* pixels = nullptr;
  if (dataset.findAndGetElement(DCM_PixelData, pixels).bad() || pixels == nullptr) return false;
  std::error_code failed;
  const auto size = fs::file_size(file, failed);
  return !failed && pixels->getLengthField() != DCM_UndefinedLength &&
         size < pixels->getLengthField();
}

}  // namespace

void silenceDcmtk() {
  static std::once_flag once;
  std::call_once(once, [] { OFLog::configure(OFLogger::OFF_LOG_LEVEL); });
}

bool beginsAsDicom(const fs::path& file) {
  const std::string beginning = InputFile(file).rest(kPreamble + 4);
  return beginning.size() == kPreamble + 4 && beginning.ends_with("DICM");
}

void loadDicom(const fs::path& file, DcmFileFormat& into) {
  silenceDcmtk();
  const OFCondition loaded = into.loadFile(OFFilename(file.c_str()));
  if (loaded.bad()) throwDamaged(file, validText(loaded.text()));
  if (lacksPixels(file, *into.getDataset())) throwDamaged(file, "pixels are missing");
}

std::string textIn(DcmItem& item, const DcmTagKey& tag) {
  OFString text;
  item.findAndGetOFStringArray(tag, text);
  text.resize(std::min(text.size(), text.find('\0')));
  const auto first = text.find_first_not_of(' ');
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

std::string decimalString(double number) {
  std::array<char, 64> text{};
  for (int digits = 15; digits > 1; --digits) {
    const auto end = std::to_chars(text.data(), text.data() + text.size(), number,
                                   std::chars_format::general, digits);
    const auto length = static_cast<std::size_t>(end.ptr - text.data());
    if (length <= kLongestDecimal) return {text.data(), length};
  }
  return "0";
}

void requireGood(const OFCondition& condition, const std::string& doing) {
  if (condition.bad()) throw Error(doing + ": " + validText(condition.text()) + ".", Fault::System);
}

}  // namespace modascope
