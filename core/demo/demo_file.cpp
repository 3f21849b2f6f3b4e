#include "core/demo/demo_file.h"

#include <cmath>
#include <cstring>

#include "core/base/error.h"
#include "core/demo/demo_facts.h"
#include "core/demo/demo_parts.h"
#include "core/demo/zip_archive.h"
#include "core/files/input_file.h"
#include "core/files/memory_need.h"

namespace modascope {
namespace {

constexpr const char* kTypeName = "mimetype";  // first and not packed: how others know the file
constexpr const char* kType = "application/x-modascope-demo";
constexpr const char* kFactsName = "demo.json";
constexpr const char* kTruthName = "truth.labels";
constexpr std::uint64_t kMostFacts = 4'000'000;
constexpr std::uint64_t kMostBytes = 2'000'000'000;

std::string imageName(ModalityId id) {
  return "images/" + std::to_string(id.index());
}

/// "answers/0/05.labels": the set's bits.
std::string answerName(std::size_t network, ModalitySet set, const char* part) {
  constexpr const char* digits = "0123456789abcdef";
  const std::string bits{digits[set.bits() / 16], digits[set.bits() % 16]};
  return "answers/" + std::to_string(network) + '/' + bits + '.' + part;
}

std::string floatBytesOf(const Volume& image) {
  std::string bytes(image.voxels.size() * sizeof(float), '\0');
  std::memcpy(bytes.data(), image.voxels.data(), bytes.size());
  return bytes;
}

void addImages(ZipWriter& zip, const DemoFacts& facts) {
  for (const ModalityId id : facts.demo.schema.ids()) {
    const auto& image = facts.demo.images[id.index()];
    if (!image) continue;
    zip.add(imageName(id),
            facts.asIs ? floatBytesOf(*image) : toGreyLevels(*image, *facts.scales[id.index()]));
  }
}

void addAnswers(ZipWriter& zip, const Demo& demo) {
  for (std::size_t i = 0; i < demo.networks.size(); ++i) {
    for (const DemoAnswer& answer : demo.networks[i].answers) {
      zip.add(answerName(i, answer.set, "labels"), bytesOf(*answer.labels));
      if (!answer.strongest) continue;
      zip.add(answerName(i, answer.set, "strongest"), bytesOf(*answer.strongest));
      zip.add(answerName(i, answer.set, "margins"), bytesOfMargins(*answer.margins));
    }
  }
}

/// What a demonstration holds, part by part.
class Unpacking {
 public:
  Unpacking(const ZipReader& zip, DemoFacts facts)
      : zip_(zip),
        facts_(std::move(facts)),
        voxels_(static_cast<std::uint64_t>(facts_.demo.grid.voxelCount())) {}

  /// Bytes in memory.
  std::uint64_t need() const {
    std::uint64_t arrays = 8;  // the truth, and what is unpacked just now
    for (const auto& scale : facts_.scales) arrays += scale ? sizeof(float) : 0;
    for (const auto& network : facts_.hasMap)
      for (const bool hasMap : network) arrays += hasMap ? 2 + sizeof(float) : 1;
    return arrays * voxels_;
  }

  Demo demo() {
    Demo& demo = facts_.demo;
    for (const ModalityId id : demo.schema.ids()) demo.images.push_back(image(id));
    if (facts_.hasTruth) demo.truth = labels(kTruthName);
    for (std::size_t i = 0; i < demo.networks.size(); ++i)
      for (std::size_t j = 0; j < demo.networks[i].answers.size(); ++j)
        readAnswer(i, demo.networks[i].answers[j], facts_.hasMap[i][j]);
    return std::move(demo);
  }

 private:
  std::shared_ptr<const Volume> image(ModalityId id) const {
    const auto& scale = facts_.scales[id.index()];
    if (!scale) return nullptr;
    const std::string name = imageName(id);
    if (!facts_.asIs)
      return std::make_shared<const Volume>(
          fromGreyLevels(zip_.readExactly(name, voxels_), facts_.demo.grid, *scale));
    const std::string bytes = zip_.readExactly(name, voxels_ * sizeof(float));
    Volume image{facts_.demo.grid, std::vector<float>(voxels_)};
    std::memcpy(image.voxels.data(), bytes.data(), bytes.size());
    for (float& value : image.voxels)
      if (!std::isfinite(value)) value = 0;
    return std::make_shared<const Volume>(std::move(image));
  }

  std::shared_ptr<const LabelVolume> labels(const std::string& name) const {
    const std::string bytes = zip_.readExactly(name, voxels_);
    return std::make_shared<const LabelVolume>(
        LabelVolume{facts_.demo.grid, {bytes.begin(), bytes.end()}});
  }

  void readAnswer(std::size_t network, DemoAnswer& answer, bool hasMap) const {
    answer.labels = labels(answerName(network, answer.set, "labels"));
    if (!hasMap) return;
    answer.strongest = strongest(answerName(network, answer.set, "strongest"));
    const std::string bytes = zip_.readExactly(answerName(network, answer.set, "margins"), voxels_);
    Volume margins{facts_.demo.grid, std::vector<float>(voxels_)};
    for (std::size_t i = 0; i < bytes.size(); ++i)
      margins.voxels[i] =
          std::min(1.0f, static_cast<float>(static_cast<std::uint8_t>(bytes[i])) / kMarginSteps);
    answer.margins = std::make_shared<const Volume>(std::move(margins));
  }

  std::shared_ptr<const LabelVolume> strongest(const std::string& name) const {
    auto map = labels(name);
    for (const std::uint8_t value : map->voxels)
      if (value > facts_.demo.schema.size())
        throw Error("its map " + inQuotes(name) + " names a modality that it does not have");
    return map;
  }

  const ZipReader& zip_;
  DemoFacts facts_;
  std::uint64_t voxels_;
};

}  // namespace

std::string packDemo(const Demo& demo, const DemoPacking& packing) {
  const DemoFacts facts = factsOf(demo, packing.asIs);
  ZipWriter zip;
  zip.add(kTypeName, kType, false);
  zip.add(kFactsName, demoFactsText(facts));
  addImages(zip, facts);
  if (demo.truth) zip.add(kTruthName, bytesOf(*demo.truth));
  addAnswers(zip, demo);
  for (const auto& [name, bytes] : packing.more) zip.add(name, bytes);
  return zip.finish();
}

Demo readDemo(std::string_view bytes, const std::string& file) {
  const ZipReader zip(bytes, file);
  if (!zip.has(kFactsName))
    throw Error("The file " + file + " is a zip container, but no demonstration of Modascope.");
  const std::string text = zip.read(kFactsName, kMostFacts);
  try {
    Unpacking unpacking(zip, demoFactsFrom(text));
    requireMemory(file, unpacking.need());
    return unpacking.demo();
  } catch (const Error& error) {
    const std::string why = error.what();
    if (why.find(file) != std::string::npos) throw;
    throw Error("The demonstration " + file + " cannot be opened: " + why + '.', error.fault());
  }
}

Demo readDemoFile(const std::filesystem::path& file) {
  InputFile input(file);
  requireAtMost(file, input.size(), kMostBytes);
  return readDemo(input.rest(kMostBytes), file.string());
}

}  // namespace modascope
