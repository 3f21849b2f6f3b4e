#include "core/files/file_kind.h"

#include <algorithm>
#include <optional>

#include "core/base/error.h"
#include "core/base/lower_case.h"
#include "core/files/input_file.h"

namespace modascope {
namespace {

enum class Kind {
  Empty,
  Zeros,
  LfsPointer,
  WebPage,
  WeightsIndex,
  Json,
  Safetensors,
  TorchZip,
  TorchOld,
  NumpyZip,
  Zip,
  Pickle,
  NumpyArray,
  Hdf5,
  Gzip,
  Compressed,
  Tar,
  Nifti,
  Dicom,
  Png,
  Jpeg,
  OtherPicture,
  Matlab,
  Nrrd,
  MetaImage,
  Onnx,
  Gguf,
  Text,
  AppleDouble,
  Program
};

constexpr const char* kRecipe =
    "; turn it into one in Python with safetensors.torch.save_file(state_dict, "
    "\"weights.safetensors\")";
constexpr const char* kConverter =
    "; packaging/tools/mosi_to_hdf5.py turns the pickles of CMU-MOSI and CMU-MOSEI into HDF5";

bool has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

std::string_view withoutSpace(std::string_view text) {
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  const auto first = text.find_first_not_of(" \t\r\n");
  return first == std::string_view::npos ? std::string_view() : text.substr(first);
}

/// A ZIP names its first member in its first bytes: PyTorch's lie in one folder and begin with
/// data.pkl, NumPy's end in .npy.
Kind zipKind(std::string_view bytes, const std::filesystem::path& name) {
  const std::string suffix = lowerCase(name.extension().string());
  if (suffix == ".npz" || has(bytes.substr(0, 300), ".npy")) return Kind::NumpyZip;
  const bool torch = has(bytes.substr(0, 300), "data.pkl") ||
                     has(bytes.substr(0, 300), ".format_version") || suffix == ".pt" ||
                     suffix == ".pth" || suffix == ".ckpt";
  return torch ? Kind::TorchZip : Kind::Zip;
}

bool isPickle(std::string_view bytes) {
  return bytes.size() > 2 && bytes[0] == '\x80' && bytes[1] >= 2 && bytes[1] <= 5;
}

/// TIFF, GIF, BMP, WebP: pictures that are not read.
bool isOtherPicture(std::string_view bytes) {
  for (const std::string_view mark :
       {std::string_view("II*\0", 4), std::string_view("MM\0*", 4), std::string_view("GIF8")})
    if (bytes.starts_with(mark)) return true;
  const bool bitmap = bytes.size() > 14 && bytes.starts_with("BM") &&
                      bytes.substr(6, 4) == std::string_view("\0\0\0\0", 4);
  return bitmap || (bytes.starts_with("RIFF") && bytes.size() > 12 && bytes.substr(8, 4) == "WEBP");
}

/// Nothing but letters and line breaks: bytes of numbers do not look like that for long.
bool isText(std::string_view bytes) {
  constexpr std::size_t kEnough = 8;
  return bytes.size() >= kEnough && std::all_of(bytes.begin(), bytes.end(), [](char c) {
           const auto byte = static_cast<unsigned char>(c);
           return (byte >= 0x20 && byte != 0x7f) || c == '\n' || c == '\r' || c == '\t';
         });
}

/// Protocol 2 of the number with which PyTorch's files began before they were ZIPs.
constexpr std::string_view kOldTorch{"\x80\x02\x8a\nl\xfc\x9c\x46\xf9 j\xa8P\x19.", 15};

bool isNifti(std::string_view bytes) {
  if (bytes.size() < 4) return false;
  const std::string_view size = bytes.substr(0, 4);
  const bool one =
      size == std::string_view("\x5c\x01\0\0", 4) || size == std::string_view("\0\0\x01\x5c", 4);
  const bool two =
      size == std::string_view("\x1c\x02\0\0", 4) || size == std::string_view("\0\0\x02\x1c", 4);
  return one || two;
}

bool isSafetensors(std::string_view bytes) {
  return bytes.size() > 9 && bytes.substr(5, 3) == std::string_view("\0\0\0", 3) && bytes[8] == '{';
}

std::optional<Kind> kindOfText(std::string_view bytes) {
  if (bytes.starts_with("version https://git-lfs")) return Kind::LfsPointer;
  const std::string low = lowerCase(withoutSpace(bytes).substr(0, 2000));
  if (low.starts_with("<!doctype html") || low.starts_with("<html") ||
      (low.starts_with("<?xml") && has(low, "<html")) || low.starts_with("<head"))
    return Kind::WebPage;
  if (!low.starts_with('{')) return std::nullopt;
  return has(low, "\"weight_map\"") ? Kind::WeightsIndex : Kind::Json;
}

std::optional<Kind> kindOf(std::string_view bytes, const std::filesystem::path& name) {
  if (bytes.empty()) return Kind::Empty;
  if (bytes.find_first_not_of('\0') == std::string_view::npos) return Kind::Zeros;
  if (isSafetensors(bytes)) return Kind::Safetensors;  // its length may look like any mark
  const auto begins = [&](std::string_view with) { return bytes.starts_with(with); };
  if (begins("PK\x03\x04") || begins("PK\x05\x06")) return zipKind(bytes, name);
  if (begins(kOldTorch)) return Kind::TorchOld;
  if (isPickle(bytes)) return Kind::Pickle;
  if (begins("\x93NUMPY")) return Kind::NumpyArray;
  if (begins("\x89HDF\r\n\x1a\n")) return Kind::Hdf5;
  if (begins("\x1f\x8b")) return Kind::Gzip;
  if (begins("BZh") ||
      begins("\xfd"
             "7zXZ") ||
      begins("\x28\xb5\x2f\xfd") || begins("7z\xbc\xaf") || begins("Rar!"))
    return Kind::Compressed;
  if (begins("\x89PNG\r\n\x1a\n")) return Kind::Png;
  if (begins("\xff\xd8\xff")) return Kind::Jpeg;
  if (begins(std::string_view("\0\5\x16\7", 4))) return Kind::AppleDouble;
  if (begins("\x7f"
             "ELF") ||
      begins("MZ"))
    return Kind::Program;
  if (bytes.size() >= 132 && bytes.substr(128, 4) == "DICM") return Kind::Dicom;
  if (bytes.size() >= 262 && bytes.substr(257, 5) == "ustar") return Kind::Tar;
  if (isNifti(bytes)) return Kind::Nifti;
  if (isOtherPicture(bytes)) return Kind::OtherPicture;
  if (begins("MATLAB ")) return Kind::Matlab;
  if (begins("NRRD000")) return Kind::Nrrd;
  if (begins("ObjectType =")) return Kind::MetaImage;
  if (begins("GGUF")) return Kind::Gguf;
  if (const auto text = kindOfText(bytes)) return text;
  const std::string suffix = lowerCase(name.extension().string());
  if (suffix == ".pkl" || suffix == ".pickle") return Kind::Pickle;  // protocol 0 has no mark
  if (suffix == ".onnx") return Kind::Onnx;
  return isText(bytes.substr(0, 512)) ? std::optional(Kind::Text) : std::nullopt;
}

std::string notThat(Wanted wanted) {
  switch (wanted) {
    case Wanted::Weights:
      return ", not a safetensors file";
    case Wanted::Volume:
      return ", not a NIfTI file";
    case Wanted::Picture:
      return ", not a picture (PNG, JPEG or NumPy array)";
    case Wanted::Features:
      return ", not an HDF5 file";
    case Wanted::Settings:
      return ", not settings in TOML";
    case Wanted::Document:
      break;
  }
  return ", not a text";
}

bool isWanted(Kind kind, Wanted wanted) {
  switch (wanted) {
    case Wanted::Weights:
      return kind == Kind::Safetensors;
    case Wanted::Volume:
      return kind == Kind::Nifti || kind == Kind::Gzip;
    case Wanted::Picture:
      return kind == Kind::Png || kind == Kind::Jpeg || kind == Kind::NumpyArray;
    case Wanted::Features:
      return kind == Kind::Hdf5;
    case Wanted::Settings:
      return kind == Kind::Text || kind == Kind::Empty;  // which states nothing
    case Wanted::Document:
      break;
  }
  return kind == Kind::Json || kind == Kind::Text;
}

std::string sentenceFor(Kind kind, Wanted wanted) {
  const std::string instead = notThat(wanted);
  const bool weights = wanted == Wanted::Weights;
  const std::string open = wanted == Wanted::Features ? "" : "; open it as data instead";
  switch (kind) {
    case Kind::Empty:
      return "is empty; copy or download it again";
    case Kind::Zeros:
      return "holds nothing but zeros, as after a download or a copy that was interrupted; fetch "
             "it again";
    case Kind::LfsPointer:
      return "is a Git LFS pointer, not the file itself; run git lfs pull in the folder that it "
             "came in";
    case Kind::WebPage:
      return "is a web page" + instead +
             ", as when a link leads to a page about the file; download the file itself";
    case Kind::WeightsIndex:
      return "is the index of weights that lie in several files" + instead +
             "; put them into one in Python: load each with safetensors.torch.load_file and save "
             "all with safetensors.torch.save_file";
    case Kind::Json:
      return "is a JSON document" + instead;
    case Kind::Safetensors:
      return "is a safetensors file of weights" + instead;
    case Kind::TorchZip:
    case Kind::TorchOld:
      return "is a PyTorch file (a pickle, which could run code)" + instead +
             (weights ? kRecipe : "");
    case Kind::NumpyZip:
      return "is an archive of NumPy arrays (.npz)" + instead +
             (weights ? "; turn it into one in Python with safetensors.numpy.save_file(dict("
                        "numpy.load(file)), \"weights.safetensors\")"
                      : "");
    case Kind::Zip:
      return "is a ZIP archive" + instead + "; unpack it first";
    case Kind::Pickle:
      return "is a Python pickle, which could run code" + instead +
             (weights                      ? kRecipe
              : wanted == Wanted::Document ? ""
                                           : kConverter);
    case Kind::NumpyArray:
      return "is a NumPy array" + instead +
             (wanted == Wanted::Volume
                  ? "; save it as NIfTI with its affine, in Python with nibabel.save"
                  : "");
    case Kind::Hdf5:
      return "is an HDF5 file" + instead +
             (weights ? "; load it where it was written and save its weights with safetensors"
                      : open);
    case Kind::Gzip:
      return "is compressed (gzip)" + instead + "; unpack it with gunzip";
    case Kind::Compressed:
      return "is compressed" + instead + "; unpack it first";
    case Kind::Tar:
      return "is a tar archive" + instead + "; unpack it first";
    case Kind::Nifti:
      return "is a NIfTI volume" + instead;
    case Kind::Dicom:
      return "is a DICOM slice" + instead + "; turn the series into NIfTI with dcm2niix";
    case Kind::Png:
      return "is a PNG picture" + instead;
    case Kind::Jpeg:
      return "is a JPEG picture" + instead;
    case Kind::OtherPicture:
      return "is a TIFF, GIF, BMP or WebP picture" + instead +
             (wanted == Wanted::Picture ? "; save it as PNG" : "");
    case Kind::Matlab:
      return "is a MATLAB file" + instead +
             (wanted == Wanted::Features ? "; save it with -v7.3, or by h5py in Python" : "");
    case Kind::Nrrd:
    case Kind::MetaImage:
      return std::string(kind == Kind::Nrrd ? "is an NRRD volume" : "is a MetaImage volume") +
             instead + "; save it as .nii.gz in 3D Slicer or ITK-SNAP";
    case Kind::Onnx:
    case Kind::Gguf:
      return std::string(kind == Kind::Onnx ? "is an ONNX" : "is a GGUF") + " network" + instead;
    case Kind::Text:
      return "is a text" + instead;
    case Kind::AppleDouble:
      return "is what macOS keeps beside a file, not the file itself; leave it out";
    case Kind::Program:
      break;
  }
  return "is a program" + instead;
}

}  // namespace

std::string otherKind(std::string_view beginning, Wanted wanted,
                      const std::filesystem::path& name) {
  const auto kind = kindOf(beginning, name);
  return kind && !isWanted(*kind, wanted) ? sentenceFor(*kind, wanted) : std::string();
}

std::string otherKindOf(const std::filesystem::path& file, Wanted wanted) {
  constexpr std::size_t kBeginning = 1 << 16;
  InputFile input(file);
  return otherKind(input.rest(kBeginning), wanted, file);
}

void refuseOtherKind(const std::filesystem::path& file, Wanted wanted) {
  if (const std::string what = otherKindOf(file, wanted); !what.empty())
    throw Error(inQuotes(file) + " " + what + ".");
}

}  // namespace modascope
