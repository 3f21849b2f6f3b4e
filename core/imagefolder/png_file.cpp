#include <csetjmp>
#include <cstring>

#include <png.h>

#include "core/base/error.h"
#include "core/imagefolder/picture_formats.h"

namespace modascope::formats {
namespace {

/// libpng leaves by longjmp: no function that calls setjmp here has anything to destroy.
class PngReader {
 public:
  explicit PngReader(const Content& content) : content_(content) {
    png_ = png_create_read_struct(PNG_LIBPNG_VER_STRING, this, onError, onWarning);
    info_ = png_create_info_struct(png_);
    png_set_user_limits(png_, 1 << 16, 1 << 16);
    // Colour profiles and texts may be a megabyte that inflates to a thousand: none are read.
    png_set_keep_unknown_chunks(png_, PNG_HANDLE_CHUNK_NEVER, nullptr, -1);
    png_set_chunk_malloc_max(png_, 8'000'000);
    png_set_read_fn(png_, this, onRead);
  }
  ~PngReader() { png_destroy_read_struct(&png_, &info_, nullptr); }
  PngReader(const PngReader&) = delete;
  PngReader& operator=(const PngReader&) = delete;

  void readHeader() {
    orThrow(headerRead());
    storedBits_ = static_cast<std::size_t>(bits());
    storedChannels_ = channels();
  }

  /// After `readHeader`. Row by row, `channels()` values a pixel of 1 or 2 bytes.
  std::vector<png_byte> readRows(void (*prepare)(png_structp, png_infop)) {
    orThrow(prepared(prepare));
    requireRoom(content_.file, {channels(), height(), width()});
    const std::size_t rowBytes = png_get_rowbytes(png_, info_);
    requireData();
    std::vector<png_byte> bytes(rowBytes * height());
    std::vector<png_bytep> rows(height());
    for (std::size_t y = 0; y < rows.size(); ++y) rows[y] = bytes.data() + y * rowBytes;
    orThrow(rowsRead(rows.data()));
    return bytes;
  }

  std::size_t width() const { return png_get_image_width(png_, info_); }
  std::size_t height() const { return png_get_image_height(png_, info_); }
  std::size_t channels() const { return png_get_channels(png_, info_); }
  int colours() const { return png_get_color_type(png_, info_); }
  int bits() const { return png_get_bit_depth(png_, info_); }

 private:
  bool headerRead() {
    if (setjmp(png_jmpbuf(png_)) != 0) return false;
    png_read_info(png_, info_);
    return true;
  }
  bool prepared(void (*prepare)(png_structp, png_infop)) {
    if (setjmp(png_jmpbuf(png_)) != 0) return false;
    prepare(png_, info_);
    png_set_interlace_handling(png_);
    png_read_update_info(png_, info_);
    return true;
  }
  bool rowsRead(png_bytepp rows) {
    if (setjmp(png_jmpbuf(png_)) != 0) return false;
    png_read_image(png_, rows);
    png_read_end(png_, nullptr);
    return true;
  }

  /// Deflate makes a byte of 1032 at most: a header that claims more pixels is not believed.
  void requireData() const {
    const std::size_t stored = (width() * storedBits_ * storedChannels_ + 7) / 8 * height();
    if (stored / 1032 > content_.bytes.size())
      throwBroken(content_.file, "PNG", "it ends too early");
  }

  void orThrow(bool done) const {
    if (!done) throwBroken(content_.file, "PNG", why_);
  }

  static void onError(png_structp png, png_const_charp why) {
    auto* self = static_cast<PngReader*>(png_get_error_ptr(png));
    std::strncpy(self->why_, why, sizeof(self->why_) - 1);
    png_longjmp(png, 1);
  }
  static void onWarning(png_structp, png_const_charp) {}
  static void onRead(png_structp png, png_bytep into, png_size_t count) {
    auto* self = static_cast<PngReader*>(png_get_io_ptr(png));
    if (self->content_.bytes.size() - self->place_ < count) png_error(png, "it ends too early");
    std::memcpy(into, self->content_.bytes.data() + self->place_, count);
    self->place_ += count;
  }

  const Content& content_;
  std::size_t place_ = 0;
  std::size_t storedBits_ = 8;  ///< a channel, as the file has them
  std::size_t storedChannels_ = 1;
  png_structp png_ = nullptr;
  png_infop info_ = nullptr;
  char why_[128] = "";
};

std::size_t channelsOf(int colours, FourthChannel fourth) {
  const std::size_t shown =
      (colours & (PNG_COLOR_MASK_COLOR | PNG_COLOR_MASK_PALETTE)) != 0 ? 3 : 1;
  const bool more = (colours & PNG_COLOR_MASK_ALPHA) != 0 && fourth == FourthChannel::Measurement;
  return shown + (more ? 1 : 0);
}

void asNumbers(png_structp png, png_infop info) {
  const bool palette = png_get_color_type(png, info) == PNG_COLOR_TYPE_PALETTE;
  if (palette) png_set_palette_to_rgb(png);
  if (!palette && png_get_bit_depth(png, info) < 8) png_set_expand_gray_1_2_4_to_8(png);
}

void asClasses(png_structp png, png_infop) {
  png_set_packing(png);  // 1, 2 or 4 bits become a byte, unchanged
  png_set_strip_alpha(png);
}

/// PNG stores the high byte first.
unsigned valueAt(const std::vector<png_byte>& bytes, std::size_t place, bool wide) {
  if (!wide) return bytes[place];
  return static_cast<unsigned>(bytes[2 * place]) << 8 | bytes[2 * place + 1];
}

}  // namespace

bool isPng(std::string_view bytes) {
  return bytes.starts_with("\x89PNG\r\n\x1a\n");
}

PictureSize pngSize(const Content& content, FourthChannel fourth) {
  PngReader reader(content);
  reader.readHeader();
  return {channelsOf(reader.colours(), fourth), reader.height(), reader.width(),
          reader.bits() == 16};
}

Picture readPng(const Content& content, FourthChannel fourth) {
  PngReader reader(content);
  reader.readHeader();
  Picture picture{{channelsOf(reader.colours(), fourth), reader.height(), reader.width()}, {}};
  const std::vector<png_byte> bytes = reader.readRows(asNumbers);
  const bool wide = reader.bits() == 16;
  const float most = wide ? 65535.0f : 255.0f;
  const std::size_t stored = reader.channels(), pixels = picture.size.pixels();
  picture.values.resize(picture.size.channels * pixels);
  for (std::size_t c = 0; c < picture.size.channels; ++c) {
    for (std::size_t i = 0; i < pixels; ++i) {
      picture.values[c * pixels + i] =
          static_cast<float>(valueAt(bytes, i * stored + c, wide)) / most;
    }
  }
  return picture;
}

LabelPicture readPngLabels(const Content& content) {
  PngReader reader(content);
  reader.readHeader();
  const bool grey = (reader.colours() & PNG_COLOR_MASK_COLOR) == 0;
  if (!grey && reader.colours() != PNG_COLOR_TYPE_PALETTE) {
    throw Error(inQuotes(content.file) +
                " has colours; a label is a grey PNG (or one with a palette), one class number a "
                "pixel.");
  }
  LabelPicture labels{reader.height(), reader.width(), {}};
  const bool wide = reader.bits() == 16;
  const std::vector<png_byte> bytes = reader.readRows(asClasses);
  labels.values.resize(labels.height * labels.width);
  for (std::size_t i = 0; i < labels.values.size(); ++i) {
    const unsigned value = valueAt(bytes, i, wide);
    if (value > 255) throwClass(content.file, value);
    labels.values[i] = static_cast<std::uint8_t>(value);
  }
  return labels;
}

}  // namespace modascope::formats
