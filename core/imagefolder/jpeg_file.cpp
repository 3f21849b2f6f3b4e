#include <csetjmp>
#include <cstdio>
#include <cstring>

#include <jerror.h>
#include <jpeglib.h>

#include "core/base/error.h"
#include "core/imagefolder/picture_formats.h"

namespace modascope::formats {
namespace {

/// A number of a TIFF file, in its order of bytes; 0 beyond its end.
unsigned tiffNumber(std::string_view tiff, std::size_t place, std::size_t bytes) {
  unsigned number = 0;
  if (place + bytes > tiff.size()) return 0;
  for (std::size_t i = 0; i < bytes; ++i) {
    const std::size_t from = tiff[0] == 'M' ? place + i : place + bytes - 1 - i;
    number = number << 8 | static_cast<unsigned char>(tiff[from]);
  }
  return number;
}

/// The first directory's tag 0x0112 in the segment "Exif"; 1 (as it lies) where there is none.
int exifOrientation(std::string_view segment) {
  constexpr std::size_t kHead = 6, kEntry = 12;
  if (!segment.starts_with(std::string_view("Exif\0\0", kHead))) return 1;
  const std::string_view tiff = segment.substr(kHead);
  if (tiff.size() < 8) return 1;
  const std::size_t directory = tiffNumber(tiff, 4, 4);
  const unsigned entries = tiffNumber(tiff, directory, 2);
  for (unsigned i = 0; i < entries; ++i) {
    const std::size_t entry = directory + 2 + i * kEntry;
    if (entry + kEntry > tiff.size()) break;
    if (tiffNumber(tiff, entry, 2) != 0x0112) continue;
    const unsigned value = tiffNumber(tiff, entry + 8, 2);
    return value >= 1 && value <= 8 ? static_cast<int>(value) : 1;
  }
  return 1;
}

/// libjpeg leaves by longjmp: no function that calls setjmp here has anything to destroy.
class JpegReader {
 public:
  explicit JpegReader(const Content& content) : content_(content) {
    jpeg_.err = jpeg_std_error(&errors_.base);
    errors_.base.error_exit = onError;
    errors_.base.emit_message = onMessage;
    jpeg_create_decompress(&jpeg_);
    progress_.progress_monitor = onProgress;
    jpeg_.progress = &progress_;
    jpeg_save_markers(&jpeg_, JPEG_APP0 + 1, 0xffff);  // EXIF
  }
  ~JpegReader() { jpeg_destroy_decompress(&jpeg_); }
  JpegReader(const JpegReader&) = delete;
  JpegReader& operator=(const JpegReader&) = delete;

  void readHeader() { orThrow(headerRead()); }
  /// After `readHeader`: `size().channels` bytes a pixel.
  std::vector<JSAMPLE> readRows() {
    requireRoom(content_.file, size());
    requireData();
    std::vector<JSAMPLE> bytes(size().channels * size().pixels());
    orThrow(rowsRead(bytes.data()));
    return bytes;
  }
  PictureSize size() const {
    return {jpeg_.num_components == 1 ? 1u : 3u, jpeg_.image_height, jpeg_.image_width, false,
            orientation()};
  }

 private:
  struct Errors {
    jpeg_error_mgr base{};
    std::jmp_buf exit{};
    char why[JMSG_LENGTH_MAX] = "";
  };

  bool headerRead() {
    if (setjmp(errors_.exit) != 0) return false;
    jpeg_mem_src(&jpeg_, reinterpret_cast<const unsigned char*>(content_.bytes.data()),
                 content_.bytes.size());
    jpeg_read_header(&jpeg_, TRUE);
    return true;
  }
  bool rowsRead(JSAMPLE* into) {
    if (setjmp(errors_.exit) != 0) return false;
    jpeg_.out_color_space = jpeg_.num_components == 1 ? JCS_GRAYSCALE : JCS_RGB;
    jpeg_start_decompress(&jpeg_);
    while (jpeg_.output_scanline < jpeg_.output_height) {
      JSAMPROW row = into + static_cast<std::size_t>(jpeg_.output_scanline) * jpeg_.output_width *
                                static_cast<std::size_t>(jpeg_.output_components);
      jpeg_read_scanlines(&jpeg_, &row, 1);
    }
    jpeg_finish_decompress(&jpeg_);
    return true;
  }

  /// A block of 64 pixels takes a bit at least, unless it is coded arithmetically.
  void requireData() const {
    if (jpeg_.num_components == 4)
      throw Error(inQuotes(content_.file) + " is a JPEG for printing (CMYK); save it as RGB.");
    if (jpeg_.arith_code == FALSE && size().pixels() / 512 > content_.bytes.size())
      throwBroken(content_.file, "JPEG", "it ends too early");
  }

  int orientation() const {
    for (jpeg_saved_marker_ptr marker = jpeg_.marker_list; marker != nullptr; marker = marker->next)
      if (marker->marker == JPEG_APP0 + 1)
        return exifOrientation({reinterpret_cast<const char*>(marker->data), marker->data_length});
    return 1;
  }

  void orThrow(bool done) const {
    if (!done) throwBroken(content_.file, "JPEG", errors_.why);
  }

  static void onError(j_common_ptr jpeg) {
    auto* errors = reinterpret_cast<Errors*>(jpeg->err);
    errors->base.format_message(jpeg, errors->why);
    std::longjmp(errors->exit, 1);
  }
  /// The library fills up what is missing and only warns of it.
  static void onMessage(j_common_ptr jpeg, int level) {
    const int code = jpeg->err->msg_code;
    if (level < 0 && (code == JWRN_JPEG_EOF || code == JWRN_HIT_MARKER)) onError(jpeg);
  }

  /// Each scan goes over the whole picture, and a small file can hold thousands: libjpeg-turbo's
  /// own programs stop here.
  static void onProgress(j_common_ptr jpeg) {
    constexpr int kMostScans = 100;  // ten are usual
    const auto* decompress = reinterpret_cast<jpeg_decompress_struct*>(jpeg);
    if (decompress->input_scan_number <= kMostScans) return;
    auto* errors = reinterpret_cast<Errors*>(jpeg->err);
    std::strcpy(errors->why, "it has more than 100 scans");
    std::longjmp(errors->exit, 1);
  }

  const Content& content_;
  jpeg_progress_mgr progress_{};
  jpeg_decompress_struct jpeg_{};
  Errors errors_;
};

}  // namespace

bool isJpeg(std::string_view bytes) {
  return bytes.starts_with("\xff\xd8\xff");
}

PictureSize jpegSize(const Content& content) {
  JpegReader reader(content);
  reader.readHeader();
  return reader.size();
}

Picture readJpeg(const Content& content) {
  JpegReader reader(content);
  reader.readHeader();
  Picture picture{reader.size(), {}};
  const std::vector<JSAMPLE> bytes = reader.readRows();
  const std::size_t channels = picture.size.channels, pixels = picture.size.pixels();
  picture.values.resize(channels * pixels);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    picture.values[i % channels * pixels + i / channels] = static_cast<float>(bytes[i]) / 255.0f;
  }
  return picture;
}

}  // namespace modascope::formats
