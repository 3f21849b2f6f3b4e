// Files that are damaged at random. Each is read or refused with a sentence, within seconds, and
// this process lives on. MODASCOPE_MUTANTS=10000 tries more of them than the usual ones.
#include <QTemporaryDir>
#include <QTest>
#include <fstream>
#include <iterator>
#include <map>
#include <random>

#include <sys/wait.h>

#include "core/featurefile/feature_file.h"
#include "tests/core/files/thrown.h"
#include "tests/core/hdf5/odd_hdf5.h"
#include "tests/test_program.h"

using namespace modascope;

namespace {

namespace fs = std::filesystem;

std::string contentOf(const fs::path& file) {
  std::ifstream input(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(input), {}};
}

/// One to four damages: a byte, a block of noise, of zeros or from elsewhere, or the end cut off.
std::string damaged(std::string bytes, std::mt19937_64& rng) {
  const auto below = [&](std::size_t end) {
    return std::uniform_int_distribution<std::size_t>(0, end - 1)(rng);
  };
  for (std::size_t left = 1 + below(4); left > 0; --left) {
    const std::size_t place = 8 + below(bytes.size() - 8);
    const std::size_t length = std::min(1 + below(32), bytes.size() - place);
    switch (below(12)) {
      case 0:
        bytes.resize(std::max<std::size_t>(place, 64));
        break;
      case 1:
        bytes.replace(place, length, length, '\0');
        break;
      case 2:
        bytes.replace(place, length, bytes.substr(below(bytes.size() - length), length));
        break;
      case 3:
        for (std::size_t i = 0; i < length; ++i) bytes[place + i] = static_cast<char>(below(256));
        break;
      case 4:
        bytes[place] = '\xff';
        break;
      default:
        bytes[place] = static_cast<char>(below(256));
    }
  }
  return bytes;
}

std::string outcomeOf(const std::string& sentence) {
  if (sentence.empty()) return "read";
  if (contains(sentence, "the HDF5 library failed")) return "crashed in the library";
  if (contains(sentence, "took longer than")) return "did not come to an end";
  return "refused";
}

}  // namespace

class Hdf5MutantsTest : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir made_;
  std::map<std::string, int> outcomes_;

  fs::path folder() const { return made_.path().toStdString(); }

  void readAll(const fs::path& path) {
    const std::string sentence = sentenceOf([&] {
      const FeatureFileInfo info = inspectFeatures(path);
      for (const FeatureSplit& split : info.splits) readFeatures(info, split.name);
    });
    ++outcomes_[outcomeOf(sentence)];
  }

 private Q_SLOTS:
  void everyOneIsReadOrRefused_data() {
    QTest::addColumn<QString>("kind");
    for (const char* kind : {"old.h5", "new.h5", "sequences.csd"}) QTest::newRow(kind) << kind;
  }

  void everyOneIsReadOrRefused() {
    QFETCH(QString, kind);
    const fs::path whole = folder() / "whole" / kind.toStdString();
    const fs::path mutant = folder() / "mutant" / kind.toStdString();
    for (const fs::path& file : {whole, mutant}) fs::create_directories(file.parent_path());
    kind == "sequences.csd" ? writeSequences(whole) : writeAllKinds(whole, kind == "new.h5");
    if (kind == "sequences.csd") fs::copy_file(labelsBeside(whole), labelsBeside(mutant));
    const std::string bytes = contentOf(whole);
    readAll(whole);
    QCOMPARE(outcomes_["read"], 1);
    bool given = false;
    const int asked = qEnvironmentVariableIntValue("MODASCOPE_MUTANTS", &given);
    for (int seed = 0; seed < (given ? asked : 60); ++seed) {
      std::mt19937_64 rng(static_cast<std::uint64_t>(seed));
      std::ofstream(mutant, std::ios::binary) << damaged(bytes, rng);
      readAll(mutant);
    }
    for (const auto& [outcome, count] : outcomes_) qInfo("%5d %s", count, outcome.c_str());
    outcomes_.clear();
    QCOMPARE(::waitpid(-1, nullptr, WNOHANG), -1);  // no process is left behind
  }
};

APPLESS_TEST(Hdf5MutantsTest)
#include "hdf5_mutants_test.moc"
