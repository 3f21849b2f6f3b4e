#include <QCryptographicHash>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>

#include <nlohmann/json.hpp>

#include "app/work/run_network.h"
#include "core/checkpoints/weights.h"
#include "core/config/config_keys.h"
#include "core/demo/demo_file.h"
#include "core/demo/zip_archive.h"
#include "core/files/atomic_file.h"
#include "core/inference/volumes/volume_predictor.h"
#include "core/models/model.h"
#include "core/phantom/phantom.h"
#include "core/problem/brats.h"
#include "core/tensorfile/tensorfile.h"
#include "tests/test_program.h"

using namespace modascope;

namespace {

const std::filesystem::path kFile =
    std::filesystem::path(MODASCOPE_SOURCE_DIR) / "resources/demo/phantom.demo";
constexpr PhantomOptions kCohort{14, 80, 2, 7};  // as packaging/demo/make.sh says
constexpr int kCase = 12;
constexpr double kAlike = 0.999;  // of voxels; other processors round otherwise

/// The network that lies in the demonstration, ready to be asked.
std::shared_ptr<const Predictor> packedPredictor(const ZipReader& zip, std::size_t number) {
  const std::string folder = "networks/" + std::to_string(number) + '/';
  const RunConfig config = parseConfig(zip.read(folder + "config.toml", 100'000));
  const auto facts = nlohmann::json::parse(zip.read(folder + "network.json", 100'000));
  RunManifest manifest(bratsProblem());
  manifest.spacing = facts.at("spacing").get<std::vector<double>>();
  const auto network = makeNetwork(config, manifest);
  const QTemporaryDir own;
  const auto file = std::filesystem::path(own.path().toStdString()) / "weights.safetensors";
  writeAtomically(file, zip.read(folder + "weights.safetensors", 10'000'000));
  putWeights(readTensorFile(file), *network, blockNames(network->layout()));
  return predictorOf(network, config, manifest);
}

/// Share of the demonstration's voxels at which the labels are those of the answer.
double alike(const LabelVolume& answer, const LabelVolume& packed) {
  std::int64_t same = 0;
  const auto& size = packed.grid.size;
  const Vec3 start = answer.grid.toIndex(packed.grid.origin);
  std::array<std::int64_t, 3> low{};
  for (std::size_t axis = 0; axis < 3; ++axis) low[axis] = std::llround(start[axis]);
  for (std::int64_t z = 0; z < size[2]; ++z)
    for (std::int64_t y = 0; y < size[1]; ++y)
      for (std::int64_t x = 0; x < size[0]; ++x)
        same += packed.at(x, y, z) == answer.at(low[0] + x, low[1] + y, low[2] + z) ? 1 : 0;
  return static_cast<double>(same) / static_cast<double>(packed.grid.voxelCount());
}

}  // namespace

/// What is embedded says of itself where it comes from: that is tried.
class EmbeddedDemoTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void itIsSmall() { QVERIFY(std::filesystem::file_size(kFile) <= 6'000'000); }

  void itsAnswersAreThoseOfTheNetworksInIt() {
    const std::string bytes = readText(kFile);
    const ZipReader zip(bytes, "phantom.demo");
    const Demo demo = readDemo(bytes, "phantom.demo");
    const Case patient = makePhantom(kCohort, kCase);
    for (std::size_t i = 0; i < demo.networks.size(); ++i) {
      const auto predictor = packedPredictor(zip, i);
      const auto prediction = volumePredictorOf(*predictor).predict(patient);
      for (const ModalitySet set : {demo.schema.all(), *demo.schema.all().without(ModalityId(1))}) {
        const auto answer = prediction->answer(set);
        const auto& labels = *std::get<std::shared_ptr<const LabelVolume>>(*answer);
        const double same = alike(labels, *demo.networks[i].answer(set)->labels);
        QVERIFY2(same >= kAlike, qPrintable(QString::number(same)));
      }
    }
  }

  void theManifestBesideItSpeaksOfThisFile() {
    const auto json = nlohmann::json::parse(readText(kFile.parent_path() / "phantom.json"));
    QCOMPARE(json.at("bytes").get<std::uintmax_t>(), std::filesystem::file_size(kFile));
    QCOMPARE(json.at("sha256").get<std::string>(),
             QCryptographicHash::hash(QByteArray::fromStdString(readText(kFile)),
                                      QCryptographicHash::Sha256)
                 .toHex()
                 .toStdString());
  }
};

GUILESS_TEST(EmbeddedDemoTest)
#include "embedded_demo_test.moc"
