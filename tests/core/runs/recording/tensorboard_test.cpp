#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <bit>
#include <cmath>
#include <map>
#include <vector>

#include "core/files/atomic_file.h"
#include "core/runs/recording/run_recorder.h"
#include "core/runs/recording/tensorboard_writer.h"
#include "tests/core/files/small_disk.h"
#include "tests/core/files/thrown.h"
#include "tests/test_program.h"

using namespace modascope;
namespace fs = std::filesystem;

namespace {

/// A reader of its own: the CRC bit by bit, the messages field by field.
std::uint32_t plainCrc(std::string_view bytes) {
  std::uint32_t crc = 0xFFFFFFFF;
  for (const char c : bytes) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = (crc & 1) != 0 ? (crc >> 1) ^ 0x82F63B78 : crc >> 1;
  }
  return ~crc;
}

std::uint64_t littleEndian(std::string_view bytes) {
  std::uint64_t value = 0;
  for (std::size_t i = bytes.size(); i > 0; --i)
    value = value << 8 | static_cast<unsigned char>(bytes[i - 1]);
  return value;
}

std::uint64_t varint(std::string_view& rest) {
  std::uint64_t value = 0;
  for (int shift = 0; !rest.empty(); shift += 7) {
    const auto byte = static_cast<unsigned char>(rest.front());
    rest.remove_prefix(1);
    value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
    if (byte < 0x80) break;
  }
  return value;
}

struct Decoded {
  std::map<std::uint64_t, std::uint64_t> numbers;
  std::map<std::uint64_t, std::vector<std::string_view>> bytes;
};

Decoded decode(std::string_view rest) {
  Decoded message;
  while (!rest.empty()) {
    const auto key = varint(rest);
    const auto kind = key & 7;
    if (kind == 0) {
      message.numbers[key >> 3] = varint(rest);
      continue;
    }
    const std::size_t size = kind == 1 ? 8 : kind == 5 ? 4 : varint(rest);
    message.bytes[key >> 3].push_back(rest.substr(0, size));
    rest.remove_prefix(size);
  }
  return message;
}

/// The messages of a file; nothing after the first record that is not sound.
std::vector<std::string> records(const std::string& text) {
  const auto mask = [](std::uint32_t crc) {
    return static_cast<std::uint32_t>((crc >> 15 | crc << 17) + 0xA282EAD8);
  };
  std::vector<std::string> found;
  std::string_view rest = text;
  while (rest.size() >= 16) {
    const auto size = littleEndian(rest.substr(0, 8));
    if (littleEndian(rest.substr(8, 4)) != mask(plainCrc(rest.substr(0, 8)))) break;
    const auto data = rest.substr(12, size);
    if (littleEndian(rest.substr(12 + size, 4)) != mask(plainCrc(data))) break;
    found.emplace_back(data);
    rest.remove_prefix(16 + size);
  }
  return rest.empty() ? found : std::vector<std::string>{};
}

/// Tag → value of an event.
std::map<std::string, float> scalarsOf(const std::string& event) {
  std::map<std::string, float> scalars;
  const Decoded decoded = decode(event);
  if (!decoded.bytes.contains(5)) return scalars;
  const Decoded summary = decode(decoded.bytes.at(5)[0]);
  for (const auto value : summary.bytes.at(1)) {
    const Decoded one = decode(value);
    scalars[std::string(one.bytes.at(1)[0])] =
        std::bit_cast<float>(static_cast<std::uint32_t>(littleEndian(one.bytes.at(2)[0])));
  }
  return scalars;
}

std::vector<fs::path> filesIn(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

StepEvent stepAt(std::int64_t step, double loss) {
  StepEvent event;
  event.step = step;
  event.seconds = 0.25;
  event.learningRate = 3e-3;
  event.subsets = {ModalitySet(ModalityId(0)).with(ModalityId(3)), ModalitySet(ModalityId(2))};
  event.losses = {loss + 1, loss - 1};
  event.meanLoss = loss;
  return event;
}

ModelDescription modelOf(std::vector<Modality> modalities) {
  return {"ds-norm", ModalitySchema(std::move(modalities)), {"wt", "et"}, {}};
}

GradientFacts facts() {
  GradientFacts facts;
  facts.modalityNorms = {1, 2, std::nan(""), 4};
  facts.shares = {0.1, 0.2, 0.3, 0.4};
  facts.conflictingPairs = 7;
  facts.mergedNorm = 0.5;
  facts.ranks = {1, 2, 3, 300};
  facts.discarded = {0, 0, 0, 0.01};
  return facts;
}

}  // namespace

class TensorBoardTest : public QObject {
  Q_OBJECT

  std::unique_ptr<QTemporaryDir> folder_;
  fs::path root() const { return folder_->path().toStdString(); }

 private Q_SLOTS:
  void init() { folder_ = std::make_unique<QTemporaryDir>(); }

  void checksumsAreThePublishedOnes() {  // RFC 3720, B.4
    QCOMPARE(crc32c("123456789"), 0xE3069283u);
    QCOMPARE(crc32c(std::string(32, '\0')), 0x8A9136AAu);
    QCOMPARE(crc32c(std::string(32, '\xFF')), 0x62A8AB43u);
    std::string rising;
    for (char c = 0; c < 32; ++c) rising.push_back(c);
    QCOMPARE(crc32c(rising), 0x46DD794Eu);
  }

  void aFullDiskIsTheReasonThatIsGiven() {
    TensorBoardWriter writer(root(), 0);
    writer.onStep(stepAt(1, 0.5));
    const std::string sentence = [&] {
      const SmallDisk disk(fs::file_size(filesIn(root()).at(0)) + 5);
      return sentenceOf([&] { writer.onStep(stepAt(2, 0.25)); });
    }();
    QVERIFY2(contains(sentence, "File too large"), sentence.c_str());
  }

  void everyRecordIsSoundAndTheFirstNamesTheVersion() {
    TensorBoardWriter writer(root(), 0);
    writer.onStep(stepAt(1, 0.5));
    writer.onStep(stepAt(300, 0.25));
    const auto files = filesIn(root());
    QCOMPARE(files.size(), std::size_t{1});
    QVERIFY(files[0].filename().string().starts_with("events.out.tfevents."));
    const auto events = records(readText(files[0]));
    QCOMPARE(events.size(), std::size_t{3});
    QCOMPARE(std::string(decode(events[0]).bytes.at(3)[0]), std::string("brain.Event:2"));
    QCOMPARE(decode(events[1]).numbers.at(2), std::uint64_t{1});
    QCOMPARE(decode(events[2]).numbers.at(2), std::uint64_t{300});
    const double time = std::bit_cast<double>(littleEndian(decode(events[1]).bytes.at(1)[0]));
    QVERIFY(std::abs(time - static_cast<double>(std::time(nullptr))) < 60);
  }

  void aStepsNumbersHaveTheirNames() {
    TensorBoardWriter writer(root(), 0);
    writer.onModel(modelOf({{"t1", "T1"}, {"t1ce", "T1ce"}, {"t2", "T2"}, {"flair", "FLAIR"}}));
    StepEvent event = stepAt(1, 0.5);
    event.gradients = facts();
    writer.onStep(event);
    const auto scalars = scalarsOf(records(readText(filesIn(root())[0])).at(1));
    QCOMPARE(scalars.at("loss/mean"), 0.5f);
    QCOMPARE(scalars.at("loss/t1+flair"), 1.5f);
    QCOMPARE(scalars.at("loss/t2"), -0.5f);
    QCOMPARE(scalars.at("learning_rate"), 3e-3f);
    QCOMPARE(scalars.at("seconds_per_step"), 0.25f);
    QCOMPARE(scalars.at("gradient_norm/t1ce"), 2.0f);
    QVERIFY(!scalars.contains("gradient_norm/t2"));  // not measured
    QCOMPARE(scalars.at("gradient_share/flair"), 0.4f);
    QCOMPARE(scalars.at("rank/flair"), 300.0f);
    QCOMPARE(scalars.at("discarded/flair"), 0.01f);
    QCOMPARE(scalars.at("conflicts"), 7.0f);
    QVERIFY(!scalars.contains("exact_cosine"));  // no audit
  }

  void validationsAndOtherSchemasAreNamedToo() {
    TensorBoardWriter writer(root(), 0);
    writer.onModel(modelOf({{"rgb", "RGB"}, {"depth", "Depth"}, {"ir", "IR"}, {"x", "X"}}));
    writer.onStep(stepAt(1, 0.5));
    writer.onValidation({1, {"wt", "et"}, {0.75, std::nan("")}, true});
    const auto events = records(readText(filesIn(root())[0]));
    QVERIFY(scalarsOf(events.at(1)).contains("loss/rgb+x"));
    QCOMPARE(scalarsOf(events.at(2)), (std::map<std::string, float>{{"dice/wt", 0.75f}}));
  }

  void subsetsWithoutAModelHaveNoNames() {
    TensorBoardWriter(root(), 0).onStep(stepAt(1, 0.5));
    const auto scalars = scalarsOf(records(readText(filesIn(root())[0])).at(1));
    QCOMPARE(scalars,
             (std::map<std::string, float>{
                 {"loss/mean", 0.5f}, {"learning_rate", 3e-3f}, {"seconds_per_step", 0.25f}}));
  }

  void aRunThatGoesOnTellsTheReaderWhatToForget() {
    TensorBoardWriter(root(), 0).onStep(stepAt(1, 0.5));
    TensorBoardWriter(root(), 4).onStep(stepAt(5, 0.5));
    const auto files = filesIn(root());
    QCOMPARE(files.size(), std::size_t{2});
    const auto events = records(readText(files[1]));
    const Decoded restart = decode(events.at(1));
    QCOMPARE(restart.numbers.at(2), std::uint64_t{5});
    QCOMPARE(decode(restart.bytes.at(7)[0]).numbers.at(1), std::uint64_t{1});  // START
    QCOMPARE(decode(events.at(2)).numbers.at(2), std::uint64_t{5});
  }

  void aRunsFolderHoldsIt() {
    const RunFolder run = RunFolder::create(root(), RunConfig{});
    RunRecorder(run).onStep(stepAt(1, 0.5));
    const auto files = filesIn(run.tensorBoard());
    QCOMPARE(scalarsOf(records(readText(files.at(0))).at(1)).at("loss/mean"), 0.5f);
  }

  void aPlaceThatCannotBeWrittenIsASentence() {
    writeAtomically(root() / "file", "");
    const std::string sentence = sentenceOf([&] { EventFile(root() / "file"); });
    QVERIFY2(contains(sentence, (root() / "file").string()), sentence.c_str());
  }

  void tensorBoardItselfReadsIt() {
    QProcess python;
    python.start("python3", {"-c", "import tensorboard"});
    if (!python.waitForFinished(60000) || python.exitCode() != 0)
      QSKIP("python3 has no tensorboard here.");
    {
      TensorBoardWriter first(root(), 0);
      for (int step = 1; step <= 4; ++step) first.onStep(stepAt(step, 0.5));
      TensorBoardWriter second(root(), 2);  // the last checkpoint was of step 2
      second.onStep(stepAt(3, 0.125));
    }
    python.start("python3", {"-c", R"(
import sys
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
events = EventAccumulator(sys.argv[1]).Reload()
print([(e.step, e.value) for e in events.Scalars('loss/mean')], len(events.Scalars('loss/t1+flair'))))",
                             folder_->path()});
    QVERIFY(python.waitForFinished(60000));
    QCOMPARE(python.readAllStandardOutput().trimmed(),
             QByteArray("[(1, 0.5), (2, 0.5), (3, 0.125)] 3"));
  }
};

APPLESS_TEST(TensorBoardTest)
#include "tensorboard_test.moc"
