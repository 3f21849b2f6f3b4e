// That a file cannot harm the program that reads it: loops, claims, and what lies in other files.
#include <QTemporaryDir>
#include <QTest>
#include <chrono>
#include <fstream>
#include <thread>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/featurefile/feature_file.h"
#include "core/hdf5/hdf5_file.h"
#include "tests/core/featurefile/feature_fixture.h"
#include "tests/core/files/thrown.h"
#include "tests/core/hdf5/odd_hdf5.h"
#include "tests/test_program.h"

using namespace modascope;
using namespace std::chrono_literals;

namespace {

namespace fs = std::filesystem;

class Timed {
 public:
  double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begun_).count();
  }

 private:
  std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
};

}  // namespace

class Hdf5ProcessTest : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir made_;
  fs::path file_;

  void writeTrain() {
    Hdf5Writer writer(file_);
    writeModalities(writer, "/train", 4);
    writeClasses(writer, "/train", 4);
    writer.strings("/train/ids", {"a", "b", "c", "d"});
  }

 private Q_SLOTS:
  void init() { file_ = fs::path(made_.path().toStdString()) / "f.h5"; }

  void cleanup() { QCOMPARE(::waitpid(-1, nullptr, WNOHANG), -1); }  // no process is left behind

  void aFileWithoutAnEndIsGivenUp() {
    writeTrain();
    makeEndless(file_);
    const std::string sentence = sentenceOf([&] { inspectFeatures(file_); });
    QVERIFY2(contains(sentence, "took longer than"), sentence.c_str());
    QVERIFY2(contains(sentence, "/train/ids"), sentence.c_str());
  }

  void stoppingEndsItAtOnce() {
    writeTrain();
    makeEndless(file_);
    std::stop_source stop;
    const std::jthread later([&] {
      std::this_thread::sleep_for(200ms);
      stop.request_stop();
    });
    const Timed timed;
    QCOMPARE(sentenceOf([&] { inspectFeatures(file_, stop.get_token()); }),
             "Reading " + inQuotes(file_) + " was stopped.");
    QVERIFY2(timed.seconds() < 2, "it took longer");
  }

  void stoppingIsHeardThoughBytesComeWithoutAPause() {
    writeTrain();
    std::stop_source stop;
    const Hdf5File file(file_, stop.get_token());
    QVERIFY(!file.floats("/train/text").empty());
    stop.request_stop();
    QCOMPARE(sentenceOf([&] { file.floats("/train/text"); }),
             "Reading " + inQuotes(file_) + " was stopped.");
  }

  void noDescriptorStaysOpen() {
    writeTrain();
    const auto descriptors = [] {
      return std::distance(fs::directory_iterator("/proc/self/fd"), fs::directory_iterator());
    };
    const auto before = descriptors();
    for (int i = 0; i < 5; ++i) Hdf5File(file_).describe("/train/text");
    QCOMPARE(descriptors(), before);
  }

  void claimsOfRowsThatAreNotThereAreRefusedAtOnce() {
    writeTrain();
    {
      OddHdf5 odd(file_);
      odd.remove("/train/labels");
      odd.chunked("/train/labels", {20'000'000}, 1 << 20, 0);
    }
    const Timed timed;
    QCOMPARE(sentenceOf([&] { inspectFeatures(file_); }),
             inQuotes(file_) +
                 ": /train/labels was made and never written: all of its 20000000 "
                 "values would be made up. Write the file again.");
    QVERIFY2(timed.seconds() < 2, "it took longer");
  }

  void thousandsOfDeadLinksAreRefusedAtOnce() {
    writeTrain();
    {
      OddHdf5 odd(file_);
      for (int i = 0; i < 5000; ++i)
        odd.softLink("/train/x" + std::to_string(i), "/raw/x" + std::to_string(i));
    }
    const Timed timed;
    QCOMPARE(sentenceOf([&] { inspectFeatures(file_); }),
             inQuotes(file_) +
                 ": /train/x0 is a link to \"/raw/x0\", which is not there; link it "
                 "to what is meant, or remove it.");
    QVERIFY2(timed.seconds() < 2, "it took longer");
  }

  void thousandsOfRepeatedIdsGetNumbersAtOnce() {
    constexpr std::size_t kCount = 16000;
    {
      Hdf5Writer writer(file_);
      writer.floats("/train/text", {kCount, 1}, std::vector<float>(kCount, 1));
      writer.floats("/train/labels", {kCount}, std::vector<float>(kCount, 1));
      writer.fixedStrings("/train/ids", {kCount}, 4, std::vector<std::string>(kCount, "same"));
    }
    const Timed timed;
    const FeatureFileInfo info = inspectFeatures(file_);
    QCOMPARE(info.splits[0].ids[1], std::string("same#2"));
    QCOMPARE(info.splits[0].ids.back(), std::string("same#16000"));
    QVERIFY2(timed.seconds() < 2, "it took longer");
  }

  void aFileOpenForWritingElsewhereIsSaid() {
    writeTrain();
    const int other = ::open(file_.c_str(), O_RDWR | O_CLOEXEC);
    QCOMPARE(::flock(other, LOCK_EX), 0);
    QCOMPARE(sentenceOf([&] { Hdf5File{file_}; }),
             inQuotes(file_) +
                 " is open for writing in another program just now; close it there first.");
    ::close(other);
    QVERIFY(sentenceOf([&] { Hdf5File{file_}; }).empty());
  }

  void aFileThatWasNotClosedIsSaid() {
    const pid_t writer = ::fork();  // it dies with the file open
    if (writer == 0) {
      Hdf5Writer open(file_, true);
      open.group("/train");
      open.flush();
      ::_exit(0);
    }
    QCOMPARE(::waitpid(writer, nullptr, 0), writer);
    const std::string sentence = sentenceOf([&] { Hdf5File{file_}; });
    QVERIFY2(contains(sentence, "was not closed by the program that writes it"), sentence.c_str());
  }

  void aPartOfSeveralFilesIsSaid() {
    writeFamily(file_.parent_path() / "part-%d.h5");
    const fs::path first = file_.parent_path() / "part-0.h5";
    QCOMPARE(sentenceOf([&] { Hdf5File{first}; }),
             inQuotes(first) +
                 " is one part of a family of files; one file that holds all is "
                 "expected: h5repack makes it of them.");
  }

  void aFileCutShortSaysByHowMuch() {
    writeTrain();
    const auto whole = fs::file_size(file_);
    fs::resize_file(file_, whole - 100);
    QCOMPARE(sentenceOf([&] { Hdf5File{file_}; }),
             inQuotes(file_) + " is cut short: it has " + std::to_string(whole - 100) + " of " +
                 std::to_string(whole) +
                 " bytes. Its copy or download is not whole, or the program that wrote it did not "
                 "close it.");
  }

  void aPipeIsNotWaitedFor() {
    const fs::path pipe = file_.parent_path() / "pipe.h5";
    QCOMPARE(::mkfifo(pipe.c_str(), 0600), 0);
    QVERIFY(contains(sentenceOf([&] { Hdf5File{pipe}; }), "pipe"));
  }

  void whatIsSavedUnderItsNameIsSaid() {
    const auto said = [&](const std::string& content) {
      std::ofstream(file_) << content;
      return sentenceOf([&] { Hdf5File{file_}; });
    };
    QVERIFY(contains(said("<!DOCTYPE html><html>404</html>"), "web page"));
    QVERIFY(contains(said("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"),
                     "git lfs pull"));
    QVERIFY(contains(said(""), "empty"));
  }
};

APPLESS_TEST(Hdf5ProcessTest)
#include "hdf5_process_test.moc"
