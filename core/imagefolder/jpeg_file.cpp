#include <csetjmp>
#include <cstdio>

#include <jerror.h>
#include <jpeglib.h>

#include "core/imagefolder/picture_formats.h"

namespace modascope::formats {
namespace {

/// libjpeg leaves by longjmp: no function that calls setjmp here has anything to destroy.
class JpegReader {
 public:
  explicit JpegReader(const Content& content) : content_(content) {
    jpeg_.err = jpeg_std_error(&errors_.base);
    errors_.base.error_exit = onError;
    errors_.base.emit_message = onMessage;
    jpeg_create_decompress(&jpeg_);
  }
  ~JpegReader() { jpeg_destroy_decompress(&jpeg_); }
  JpegReader(const JpegReader&) = delete;
  JpegReader& operator=(const JpegReader&) = delete;

  void readHeader() { orThrow(headerRead()); }
  /// After `readHeader`: `size().channels` bytes a pixel.
  std::vector<JSAMPLE> readRows() {
    std::vector<JSAMPLE> bytes(size().channels * size().pixels());
    orThrow(rowsRead(bytes.data()));
    return bytes;
  }
  PictureSize size() const {
    return {jpeg_.num_components == 1 ? 1u : 3u, jpeg_.image_height, jpeg_.image_width};
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

  const Content& content_;
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
