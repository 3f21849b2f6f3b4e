#include "tests/core/imagefolder/picture_writer.h"

#include <cstdio>
#include <fstream>

#include <jpeglib.h>
#include <png.h>
#include <zlib.h>

namespace modascope {
namespace {

void save(const std::filesystem::path& file, const Pixels& pixels, int bits, int colours,
          int channels) {
  std::filesystem::create_directories(file.parent_path());
  std::FILE* output = std::fopen(file.c_str(), "wb");
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
  png_infop info = png_create_info_struct(png);
  png_init_io(png, output);
  png_set_IHDR(png, info, pixels.width, pixels.height, bits, colours, PNG_INTERLACE_NONE,
               PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  if (colours == PNG_COLOR_TYPE_PALETTE) {
    png_color palette[8];
    for (int i = 0; i < 8; ++i) {
      palette[i] = {static_cast<png_byte>(10 * i), static_cast<png_byte>(20 * i),
                    static_cast<png_byte>(30 * i)};
    }
    png_set_PLTE(png, info, palette, 8);
  }
  png_write_info(png, info);
  const std::size_t rowValues = pixels.width * static_cast<std::size_t>(channels);
  for (std::uint32_t y = 0; y < pixels.height; ++y) {
    std::vector<png_byte> row;
    for (std::size_t i = 0; i < rowValues; ++i) {
      const unsigned value = pixels.values[y * rowValues + i];
      if (bits == 16) row.push_back(static_cast<png_byte>(value >> 8));
      row.push_back(static_cast<png_byte>(value & 0xff));
    }
    png_write_row(png, row.data());
  }
  png_write_end(png, nullptr);
  png_destroy_write_struct(&png, &info);
  std::fclose(output);
}

/// As PNG compresses bytes.
std::string deflated(const std::string& bytes) {
  uLongf size = compressBound(bytes.size());
  std::string result(size, '\0');
  compress(reinterpret_cast<Bytef*>(result.data()), &size,
           reinterpret_cast<const Bytef*>(bytes.data()), bytes.size());
  result.resize(size);
  return result;
}

}  // namespace

void writePng(const std::filesystem::path& file, const Pixels& pixels, int channels, int bits) {
  const int colours[] = {PNG_COLOR_TYPE_GRAY, PNG_COLOR_TYPE_GRAY_ALPHA, PNG_COLOR_TYPE_RGB,
                         PNG_COLOR_TYPE_RGB_ALPHA};
  save(file, pixels, bits, colours[channels - 1], channels);
}

void writeClaimingPng(const std::filesystem::path& file, const Pixels& pixels,
                      const std::string& text) {
  const auto fourBytes = [](std::uint64_t number) {
    std::string bytes;
    for (int i = 3; i >= 0; --i) bytes += static_cast<char>(number >> (8 * i) & 255);
    return bytes;
  };
  std::ofstream output(file, std::ios::binary);
  const auto put = [&](const std::string& kind, const std::string& bytes) {
    const std::string all = kind + bytes;
    output << fourBytes(bytes.size()) << all
           << fourBytes(crc32(0, reinterpret_cast<const Bytef*>(all.data()),
                              static_cast<uInt>(all.size())));
  };
  std::string rows;
  for (std::size_t i = 0; i < pixels.values.size(); ++i) {
    if (i % pixels.width == 0) rows += '\0';  // no filter
    rows += static_cast<char>(pixels.values[i]);
  }
  output << "\x89PNG\r\n\x1a\n";
  put("IHDR", fourBytes(pixels.width) + fourBytes(pixels.height) + std::string("\x08\0\0\0\0", 5));
  if (!text.empty()) put("tEXt", text);
  put("IDAT", deflated(rows));
  put("IEND", "");
}

void writePalettePng(const std::filesystem::path& file, const Pixels& pixels) {
  save(file, pixels, 8, PNG_COLOR_TYPE_PALETTE, 1);
}

void writeJpeg(const std::filesystem::path& file, const Pixels& pixels, int channels,
               bool progressive) {
  std::filesystem::create_directories(file.parent_path());
  std::FILE* output = std::fopen(file.c_str(), "wb");
  jpeg_compress_struct jpeg{};
  jpeg_error_mgr errors{};
  jpeg.err = jpeg_std_error(&errors);
  jpeg_create_compress(&jpeg);
  jpeg_stdio_dest(&jpeg, output);
  jpeg.image_width = pixels.width;
  jpeg.image_height = pixels.height;
  jpeg.input_components = channels;
  jpeg.in_color_space = channels == 1 ? JCS_GRAYSCALE : JCS_RGB;
  jpeg_set_defaults(&jpeg);
  jpeg_set_quality(&jpeg, 100, TRUE);
  if (progressive) jpeg_simple_progression(&jpeg);
  jpeg_start_compress(&jpeg, TRUE);
  for (std::uint32_t y = 0; y < pixels.height; ++y) {
    std::vector<JSAMPLE> row;
    const std::size_t rowValues = pixels.width * static_cast<std::size_t>(channels);
    for (std::size_t i = 0; i < rowValues; ++i) {
      row.push_back(static_cast<JSAMPLE>(pixels.values[y * rowValues + i]));
    }
    JSAMPROW pointer = row.data();
    jpeg_write_scanlines(&jpeg, &pointer, 1);
  }
  jpeg_finish_compress(&jpeg);
  jpeg_destroy_compress(&jpeg);
  std::fclose(output);
}

void writeNpyBytes(const std::filesystem::path& file, const std::string& dictionary,
                   const std::string& bytes, int version) {
  std::filesystem::create_directories(file.parent_path());
  const std::string header = dictionary + std::string(20, ' ') + '\n';
  std::ofstream output(file, std::ios::binary);
  output << "\x93NUMPY" << static_cast<char>(version) << '\0';
  for (int i = 0; i < (version == 1 ? 2 : 4); ++i)
    output << static_cast<char>(header.size() >> (8 * i) & 255);
  output << header << bytes;
}

void writeNpy(const std::filesystem::path& file, const std::string& shape,
              const std::vector<float>& values, const std::string& type) {
  writeNpyBytes(file, "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }",
                {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(float)});
}

void writeLines(const std::filesystem::path& file, const std::string& lines) {
  std::filesystem::create_directories(file.parent_path());
  std::ofstream(file) << lines;
}

}  // namespace modascope
