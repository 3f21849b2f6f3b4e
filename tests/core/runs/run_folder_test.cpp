#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <fstream>
#include <set>

#include <nlohmann/json.hpp>
#include <sys/wait.h>
#include <unistd.h>

#include "core/config/config_keys.h"
#include "core/files/atomic_file.h"
#include "core/problem/brats.h"
#include "core/runs/run_documents.h"
#include "core/runs/run_store.h"
#include "core/system/process_mark.h"
#include "tests/core/files/thrown.h"
#include "tests/test_program.h"

using namespace modascope;
namespace fs = std::filesystem;

namespace {

RunConfig named(const std::string& experiment, const std::string& name) {
  RunConfig config;
  config.run = {experiment, name};
  return config;
}

/// The number of a process that has ended and been buried.
std::int64_t deadProcess() {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(0);
  ::waitpid(child, nullptr, 0);
  return child;
}

RunStatus statusOf(RunState state, std::int64_t pid) {
  RunStatus status;
  status.state = state;
  status.step = 42;
  status.steps = 600;
  status.seconds = 12.5;
  status.words = "a \"sentence\"";
  status.pid = pid;
  return status;
}

RunManifest manifest() {
  RunManifest all({Task::Segmentation2d,
                   ModalitySchema({{"rgb", "RGB"}, {"depth", "Depth"}}),
                   InputLayout({{3, 1}, {1, 1}}),
                   {"road", "crack", "pothole"}});
  all.id = "20260101-000000-run-abcd";
  all.created = "2026-01-01T00:00:00+0000";
  all.versions = {{"modascope", "0.1.0"}, {"torch", "1.13.1"}};
  all.seed = 1ull << 53;
  all.device = "cpu";
  all.data = "/data/some cohort";
  all.dataFingerprint = "xxh3:99aa06d3014798d86001c324468d497f";
  all.validFingerprint = "xxh3:0000000000000000000000000000007f";
  all.dataLayout = "85944171f73967e8";
  all.leftOut = {{"b", "train", "Its segmentation lies elsewhere."},
                 {"d", "train", "It is gone.", true}};
  all.splits = {{"train", {"a", "b", "d"}}, {"valid", {"c"}}};
  all.moments = {{{0.5F, 0.25F, 0.1F}, {1, 2, 3}}, {{-4}, {0.125F}}};
  all.spacing = {2.0, 2.0, 2.5};
  all.parameters = 3'245'235;
  return all;
}

}  // namespace

class RunFolderTest : public QObject {
  Q_OBJECT

  QTemporaryDir temporary_;
  fs::path runs() const { return temporary_.path().toStdString() + "/runs"; }

 private Q_SLOTS:
  void init() { fs::remove_all(runs()); }

  void aNewRunLiesInItsExperimentWithItsConfig() {
    const RunFolder run = RunFolder::create(runs(), named("trial", "gmd"));
    QCOMPARE(run.path().parent_path(), runs() / "trial");
    const auto shape = QRegularExpression("^\\d{8}-\\d{6}-gmd-[0-9a-f]{4}$");
    QVERIFY(shape.match(QString::fromStdString(run.path().filename())).hasMatch());
    QVERIFY(RunFolder::open(run.path()).config() == named("trial", "gmd"));
    QCOMPARE(run.status().state, RunState::Queued);
    QCOMPARE(run.status().steps, RunConfig{}.train.steps);
  }

  void manyRunsOfOneSecondNeverShareAFolder() {
    std::set<fs::path> paths;
    for (int i = 0; i < 30; ++i) paths.insert(RunFolder::create(runs(), RunConfig{}).path());
    QCOMPARE(paths.size(), std::size_t{30});
  }

  void aPlaceThatCannotHoldRunsIsNamed() {
    writeAtomically(runs(), "a file");
    const auto error = thrownBy([this] { RunFolder::create(runs(), RunConfig{}); });
    QVERIFY(error.has_value());
    QCOMPARE(error->fault(), Fault::System);
    QVERIFY(contains(error->what(), runs().string()));
  }

  void whatIsNoRunIsRefused() {
    fs::create_directories(runs());
    QVERIFY(contains(sentenceOf([this] { RunFolder::open(runs()); }), "There is no run at"));
    QVERIFY(contains(sentenceOf([this] { RunFolder::open(runs() / "x"); }), "There is no run at"));
  }

  void namesThatAreNoUtf8ReadBack() {
    const RunFolder run = RunFolder::create(runs(), RunConfig{});
    RunManifest odd = manifest();
    odd.data = "/data/Universit\xe4t/new\nline/a\\xe4b";
    run.writeManifest(odd);
    QCOMPARE(run.manifest().data.native(), odd.data.native());
    const std::string text = readText(run.path() / "manifest.json");
    QVERIFY(contains(text, "Universit\\\\xe4t/new\\nline/a\\\\x5cxe4b"));
    RunStatus status = statusOf(RunState::Failed, deadProcess());
    status.words = "no file M\xfcller";
    run.writeStatus(status);
    QCOMPARE(run.status().words, std::string("no file M\\xfcller"));
  }

  void theManifestReadsBack() {
    const RunFolder run = RunFolder::create(runs(), RunConfig{});
    run.writeManifest(manifest());
    const RunManifest back = run.manifest();
    QCOMPARE(back.id, manifest().id);
    QCOMPARE(back.created, manifest().created);
    QVERIFY(back.versions == manifest().versions);
    QCOMPARE(back.seed, manifest().seed);
    QCOMPARE(back.device, manifest().device);
    QCOMPARE(back.data, manifest().data);
    QCOMPARE(back.dataFingerprint, manifest().dataFingerprint);
    QCOMPARE(back.validFingerprint, manifest().validFingerprint);
    QCOMPARE(back.dataLayout, manifest().dataLayout);
    QVERIFY(back.leftOut == manifest().leftOut);
    QVERIFY(back.trainedOn("a"));
    QVERIFY(!back.trainedOn("b"));  // it was left out
    QVERIFY(back.trainedOn("d"));   // before it was lost
    QVERIFY(!back.trainedOn("c"));
    QVERIFY(back.splits == manifest().splits);
    QVERIFY(back.problem.schema == manifest().problem.schema);
    QVERIFY(back.problem == manifest().problem);
    QVERIFY(back.moments == manifest().moments);
    QVERIFY(back.spacing == manifest().spacing);
    QCOMPARE(back.parameters, manifest().parameters);
  }

  void anOlderManifestHasNamesAndSizesWhereANewerOneHasTheContents() {
    const RunFolder run = RunFolder::create(runs(), RunConfig{});
    run.writeManifest(manifest());
    auto json = nlohmann::ordered_json::parse(std::ifstream(run.path() / "manifest.json"));
    for (const char* key : {"data_layout", "valid_fingerprint", "left_out"}) json.erase(key);
    json["data_fingerprint"] = "85944171f73967e8";
    std::ofstream(run.path() / "manifest.json") << json.dump();
    const RunManifest back = run.manifest();
    QCOMPARE(back.dataLayout, std::string("85944171f73967e8"));
    QVERIFY(back.dataFingerprint.empty());
    QVERIFY(back.validFingerprint.empty());
    QVERIFY(back.leftOut.empty());
  }

  void aRunIsOnlyForDataOfItsKind() {
    const RunManifest run = manifest();
    Problem data = run.problem;
    run.requireProblem(data);
    data.inputs = InputLayout({{3, 1}, {2, 1}});
    QVERIFY(contains(sentenceOf([&] { run.requireProblem(data); }), "Depth"));
    data = run.problem;
    data.task = Task::Classification;
    QVERIFY(contains(sentenceOf([&] { run.requireProblem(data); }), "classification"));
    data = bratsProblem();
    QVERIFY(contains(sentenceOf([&] { run.requireProblem(data); }), "T1ce"));
  }

  void theRegionsOfAnotherOrganReadBack() {
    const RegionSchema regions({{1, "gland"}, {2, "lesion"}},
                               {{"lesion", "LESION", "lesion", {2}, {255, 0, 9}},
                                {"gland", "GLAND", "whole gland", {1, 2}, {}}});
    RunManifest written(volumeProblem(bratsModalities(), regions));
    written.id = "a";
    written.spacing = {1, 1, 1};
    const RunManifest back = manifestFrom(manifestText(written));
    QCOMPARE(back.problem.regions, regions);
    QCOMPARE(back.problem.outputs, (std::vector<std::string>{"lesion", "gland"}));
    back.requireRegions(regions);
    QVERIFY(contains(sentenceOf([&] { back.requireRegions(bratsRegions()); }), "lesion, gland"));
  }

  void aRunOfBeforeHasTheRegionsOfBrats() {
    RunManifest written{bratsProblem()};
    written.spacing = {1, 1, 1};
    std::string text = manifestText(written);
    const auto first = text.find(",\n  \"segmentation\"");
    QVERIFY(first != std::string::npos);
    const RunManifest back = manifestFrom(text.substr(0, first) + "}");
    QCOMPARE(back.problem.regions, bratsRegions());
  }

  void aDamagedManifestIsNamed() {
    const RunFolder run = RunFolder::create(runs(), RunConfig{});
    QVERIFY(contains(sentenceOf([&] { run.manifest(); }), "manifest.json"));
    writeAtomically(run.path() / "manifest.json", "{\"id\": 3}");
    QVERIFY(contains(sentenceOf([&] { run.manifest(); }), "manifest.json\" is not understood"));
  }

  void theStatusOfALivingProcessReadsBack() {
    const RunFolder run = RunFolder::create(runs(), RunConfig{});
    run.writeStatus(statusOf(RunState::Paused, ::getpid()));
    const RunStatus back = run.status();
    QCOMPARE(back.state, RunState::Paused);
    QCOMPARE(back.step, std::int64_t{42});
    QCOMPARE(back.steps, std::int64_t{600});
    QCOMPARE(back.seconds, 12.5);
    QCOMPARE(back.words, std::string("a \"sentence\""));
    QCOMPARE(back.pid, std::int64_t{::getpid()});
  }

  void aRunWhoseProcessDiedIsInterrupted() {
    const RunFolder run = RunFolder::create(runs(), RunConfig{});
    for (const RunState state : {RunState::Queued, RunState::Preparing, RunState::Running,
                                 RunState::Pausing, RunState::Paused, RunState::Stopping}) {
      run.writeStatus(statusOf(state, deadProcess()));
      QCOMPARE(run.status().state, RunState::Interrupted);
      QCOMPARE(run.status().step, std::int64_t{42});
    }
  }

  void aRunThatIsOverStaysAsItEnded() {
    const RunFolder run = RunFolder::create(runs(), RunConfig{});
    for (const RunState state : {RunState::Finished, RunState::Failed, RunState::Interrupted}) {
      run.writeStatus(statusOf(state, deadProcess()));
      QCOMPARE(run.status().state, state);
      QCOMPARE(run.status().words, std::string("a \"sentence\""));
    }
  }

  void aProcessThatGotTheSameNumberLaterIsAnother() {
    const ProcessMark here = markOf(::getpid());
    QVERIFY(isAlive(here, 0));
    QVERIFY(here.started > 0);
    QVERIFY(!isAlive({here.pid, here.started - 1, here.host}, 0));
    QVERIFY(!isAlive({0, 0, here.host}, 0));
  }

  void aProcessOfAnotherMachineLivesWhileItGivesSigns() {
    const ProcessMark elsewhere{deadProcess(), 1, "another machine"};
    QVERIFY(isAlive(elsewhere, 10));
    QVERIFY(isAlive(elsewhere, -10));  // its clock is a little ahead
    QVERIFY(!isAlive(elsewhere, 3600));
    QVERIFY(!isAlive(elsewhere, -3600));  // or was a day ahead when it died
  }

  void aLockInHandKnowsBetterThanTheLastSign() {
    const RunFolder run = RunFolder::create(runs(), RunConfig{});
    run.writeStatus(statusOf(RunState::Running, ::getpid()));
    run.requireAtRest(true);
    const std::string said = sentenceOf([&] { run.requireAtRest(false); });
    QVERIFY2(contains(said, "process " + std::to_string(::getpid())), said.c_str());
    run.writeStatus(statusOf(RunState::Running, deadProcess()));
    run.requireAtRest(false);
    run.writeStatus(statusOf(RunState::Finished, ::getpid()));
    run.requireAtRest(false);
  }

  void aContainerOfThisSystemIsOfThisSystem() {
    ProcessMark mark = markOf(::getpid());
    mark.host = "4f2a0d6c11be";
    QVERIFY(isOfThisSystem(mark));
    mark.boot = "another";
    QVERIFY(!isOfThisSystem(mark));
  }

  void whatAKillLeftOfABeginningIsAsGoodAsNothing() {
    const fs::path folder = runs() / "new";
    fs::create_directories(folder);
    writeAtomically(folder / "lock", "");
    writeAtomically(folder / ".plan.json.1-0.tmp", "{");
    std::vector<std::string> first;
    const RunFolder run = RunFolder::createAt(folder, RunConfig{}, [&](const fs::path& made) {
      first.push_back(fs::exists(made / "config.toml") ? "late" : "first");
    });
    QCOMPARE(first, std::vector<std::string>{"first"});
    QCOMPARE(run.status().state, RunState::Queued);
    QVERIFY(contains(sentenceOf([&] { RunFolder::createAt(folder, RunConfig{}); }), "not empty"));
  }

  void whatABeginningLacksIsWrittenLater() {
    const fs::path folder = runs() / "new";
    fs::create_directories(folder);
    writeAtomically(folder / "plan.json", "{}");
    QCOMPARE(RunFolder::completed(folder, named("a", "b")).config().run.name, std::string("b"));
    QCOMPARE(RunFolder::completed(folder, named("a", "c")).config().run.name, std::string("b"));
  }

  void aDeadChildThatWasNotBuriedIsDead() {
    const pid_t child = ::fork();
    if (child == 0) ::_exit(0);
    siginfo_t info{};
    QCOMPARE(::waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOWAIT), 0);
    QVERIFY(!isAlive(markOf(child), 0));
    ::waitpid(child, nullptr, 0);
  }

  void runsAreListedNewestFirstAndOtherFoldersPassedOver() {
    const auto place = [this](const std::string& folder) {
      const RunFolder run = RunFolder::create(runs(), RunConfig{});
      fs::create_directories((runs() / folder).parent_path());
      fs::rename(run.path(), runs() / folder);
    };
    place("a/20260101-000000-run-0000");
    place("b/20260301-000000-run-0000");
    place("20260201-000000-run-0000");  // straight below
    fs::create_directories(runs() / "notes" / "deep");
    writeAtomically(runs() / "readme.txt", "x");
    std::vector<std::string> names;
    for (const auto& run : listRuns(runs())) names.push_back(run.path().filename());
    QCOMPARE(names,
             (std::vector<std::string>{"20260301-000000-run-0000", "20260201-000000-run-0000",
                                       "20260101-000000-run-0000"}));
    QVERIFY(listRuns(runs() / "absent").empty());
    fs::create_symlink(runs() / "loop", runs() / "loop");
    fs::create_symlink(runs() / "a" / "loop", runs() / "a" / "loop");
    fs::create_symlink(runs() / "nowhere", runs() / "a" / "gone");
    QCOMPARE(listRuns(runs()).size(), std::size_t{3});
  }
};

APPLESS_TEST(RunFolderTest)
#include "run_folder_test.moc"
