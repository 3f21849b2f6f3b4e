#include <QCoreApplication>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <cstdio>
#include <fstream>

#include "app/work/resume.h"
#include "app/work/training/training.h"
#include "core/base/error.h"
#include "core/base/seed.h"
#include "core/phantom/phantom.h"
#include "core/runs/run_store.h"

using namespace modascope;
namespace fs = std::filesystem;

namespace {

constexpr std::int64_t kSteps = 14;

RunConfig tinyConfig() {
  RunConfig config;
  config.train.method = "gmd";
  config.train.steps = kSteps;
  config.train.crop = 16;
  config.train.checkpointEvery = 1;
  config.train.snapshotEvery = 5;
  config.train.validateEvery = 6;
  config.compute.threads = 1;
  return config;
}

/// What the killed program does: "start DATA RUNS" or "resume RUN".
int trainAsChild(const QStringList& words) {
  const auto path = [&](int i) { return fs::path(words[i].toStdString()); };
  try {
    TrainingControl control;
    control.onFolder = [](const fs::path& folder) {
      std::printf("%s\n", folder.c_str());
      std::fflush(stdout);
    };
    if (words[1] == "start")
      startTraining({path(2), path(3), tinyConfig()}, control);
    else
      resumeTraining(path(2), control);
    return 0;
  } catch (const Error& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}

std::string bytesOf(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

std::int64_t linesIn(const fs::path& file) {
  const std::string text = bytesOf(file);
  return std::count(text.begin(), text.end(), '\n');
}

/// Bytes of the checkpoint that is being written; nothing when none is.
std::optional<std::uintmax_t> beingWritten(const fs::path& run) {
  std::error_code code;
  for (const auto& entry : fs::directory_iterator(run / "checkpoints", code)) {
    if (!entry.path().filename().string().starts_with("..next")) continue;
    const auto size = entry.file_size(code);
    if (!code) return size;
  }
  return std::nullopt;
}

class Child {
 public:
  explicit Child(const QStringList& words) {
    process_.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process_.start(QCoreApplication::applicationFilePath(), words);
  }
  /// The run's folder, once it has one.
  fs::path folder() {
    while (!process_.canReadLine() && process_.waitForReadyRead(60000)) continue;
    return process_.readLine().trimmed().toStdString();
  }
  /// Kills the program as soon as `now()`; false when it ended before.
  bool killWhen(const std::function<bool()>& now) {
    while (!now())
      if (process_.state() == QProcess::NotRunning || process_.waitForFinished(1)) return false;
    process_.kill();
    process_.waitForFinished(60000);
    return process_.exitStatus() == QProcess::CrashExit;
  }
  bool finishes() { return process_.waitForFinished(120000) && process_.exitCode() == 0; }

 private:
  QProcess process_;
};

}  // namespace

/// Training in a program of its own that is killed, again and again.
class KillTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aRunThatIsKilledAnywhereEndsWithTheWeightsOfOneThatIsNot() {
    const QTemporaryDir temporary;
    const QString data = temporary.filePath("data"), runs = temporary.filePath("runs");
    PhantomOptions phantom;
    phantom.cases = 3;
    phantom.size = 24;
    phantom.spacing = 6;
    writePhantomCohort(phantom, data.toStdString());

    Child whole({"start", data, runs});
    const fs::path undisturbed = whole.folder();
    QVERIFY(whole.finishes());

    auto rng = Seed{3}.stream("kills");
    int midWriting = 0;
    fs::path run;
    for (const std::int64_t least : {0, 3, 6, 9, 12}) {
      Child child(run.empty() ? QStringList{"start", data, runs}
                              : QStringList{"resume", QString::fromStdString(run)});
      const fs::path folder = child.folder();
      const std::int64_t lines = least + static_cast<std::int64_t>(below(rng, 2));
      const std::uintmax_t written = least % 2 == 0 ? below(rng, 9'000'000) : 0;
      QVERIFY(child.killWhen([&] {
        if (linesIn(folder / "metrics.jsonl") < lines) return false;
        if (written == 0) return true;
        return beingWritten(folder).value_or(0) >= written;
      }));
      run = folder;
      if (beingWritten(folder)) ++midWriting;
      QCOMPARE(RunFolder::open(run).status().state, RunState::Interrupted);
    }
    QVERIFY(Child({"resume", QString::fromStdString(run)}).finishes());
    qInfo("%d of 5 kills in the middle of a checkpoint", midWriting);

    const auto steps = RunFolder::open(run).steps();
    QCOMPARE(steps.size(), static_cast<std::size_t>(kSteps));
    for (std::size_t i = 0; i < steps.size(); ++i)
      QCOMPARE(steps[i].step, static_cast<std::int64_t>(i) + 1);
    QCOMPARE(RunFolder::open(run).validations().size(),
             RunFolder::open(undisturbed).validations().size());
    QVERIFY(midWriting > 0);
    for (const char* name : {"last", "previous", "best", "snapshot-000005", "snapshot-000010"}) {
      const std::string file = std::string("checkpoints/") + name + ".safetensors";
      QVERIFY2(!bytesOf(run / file).empty(), name);
      QVERIFY2(bytesOf(run / file) == bytesOf(undisturbed / file), name);
    }
  }
};

int main(int argc, char** argv) {
  const QCoreApplication app(argc, argv);
  const QStringList words = QCoreApplication::arguments();
  if (words.size() > 2 && (words[1] == "start" || words[1] == "resume")) return trainAsChild(words);
  KillTest test;
  return QTest::qExec(&test, argc, argv);
}
#include "kill_test.moc"
