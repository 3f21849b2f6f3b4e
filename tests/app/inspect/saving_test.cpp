#include <QMenu>
#include <QTemporaryDir>
#include <QTest>

#include "app/inspect/features/feature_saving.h"
#include "app/inspect/features/features_view.h"
#include "app/inspect/inspect_controller.h"
#include "app/inspect/inspect_page.h"
#include "app/inspect/pictures/picture_saving.h"
#include "app/inspect/pictures/pictures_view.h"
#include "app/settings/app_settings.h"
#include "core/files/atomic_file.h"
#include "core/imagefolder/label_file.h"
#include "tests/app/jobs/feature_run.h"
#include "tests/app/jobs/picture_run.h"
#include "tests/core/files/thrown.h"
#include "tests/test_program.h"
#include "widgets/bridge/palette.h"
#include "widgets/pictures/picture_grid.h"
#include "widgets/samples/sample_view.h"
#include "widgets/tables/subset_table_view.h"

using namespace modascope;
using namespace modascope::testing;

namespace {

namespace fs = std::filesystem;

QStringList offered(const InspectPage& page) {
  Q_EMIT page.saving()->aboutToShow();
  QStringList words;
  for (const QAction* action : page.saving()->actions())
    if (action->isVisible() && !action->isSeparator())
      words << (action->isEnabled() ? action->text() : '(' + action->text() + ')');
  return words;
}

bool holds(const QImage& picture, const QColor& colour) {
  for (int y = 0; y < picture.height(); ++y)
    for (int x = 0; x < picture.width(); ++x)
      if (picture.pixelColor(x, y) == colour) return true;
  return false;
}

}  // namespace

/// Pictures and a run that was trained on them; likewise features.
class SavingTest : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir folder_;
  const fs::path root_ = folder_.path().toStdString();
  const PictureRun made_ = trainOnPictures(root_);
  const fs::path data_ = writeSentiment(root_ / "tiny.h5");
  const fs::path run_ = startTraining({data_, root_ / "runs", tinyFeatureConfig(4)}, {}).run;
  AppSettings settings_{root_ / "settings.ini"};

  static void show(InspectPage& page) {
    page.resize(1000, 700);
    page.show();
    QVERIFY(QTest::qWaitForWindowExposed(&page));
  }

 private Q_SLOTS:
  void initTestCase() { settings_.setRunsFolder(root_ / "runs"); }

  void picturesAreSavedAsShownAndAsLabels() {
    InspectPage page;
    show(page);
    InspectController controller(page, settings_);
    controller.setCohort(made_.cohort);
    const auto& view = dynamic_cast<PicturesView&>(controller.view());
    QCOMPARE(offered(page),
             (QStringList{"Tiles as a picture…", "Say beneath what a picture was made from",
                          "(Table of subsets…)", "(Classes on show, as a label…)"}));
    const auto nothing = writeOfClasses(view);
    QVERIFY_EXCEPTION_THROWN(nothing(root_ / "no.png"), Error);
    controller.openRun(made_.run);
    controller.openCase("scene6");
    QTRY_VERIFY_WITH_TIMEOUT(view.table(), 60000);
    QVERIFY(offered(page).contains("Classes on show, as a label…"));
    controller.toggle(ModalityId(1));
    QTRY_COMPARE_WITH_TIMEOUT(view.prediction()->set, ModalitySet(ModalityId(0)), 60000);
    writeOfClasses(view)(root_ / "classes.png");
    QCOMPARE(readLabelPicture(root_ / "classes.png").values,
             view.prediction()->classes->values);  // no line of classes.txt is skipped
    const std::string source = readText(root_ / "classes.png.json");
    for (const char* said : {"\"case\": \"scene6\"", "\"square\"", "\"trained_on\": false"})
      QVERIFY2(contains(source, said), said);
    QVERIFY(contains(source, made_.run.string()));
    saveTiles(root_ / "tiles.svg", view, page, Caption::With);
    QVERIFY(contains(readText(root_ / "tiles.svg"), "Depth left out"));
    saveTiles(root_ / "tiles.png", view, page, Caption::Without);
    const QImage picture(QString::fromStdString((root_ / "tiles.png").string()));
    QCOMPARE(picture.size(), 3 * view.grid().size());
    QCOMPARE(picture.pixelColor(picture.width() / 3, picture.height() / 3),
             view.grid().picture(3).pixelColor(picture.width() / 3, picture.height() / 3));
    page.subsets()->exportCsv(root_ / "subsets.csv");
    QVERIFY(readText(root_ / "subsets.csv").starts_with("modalities,cases,miou,"));
  }

  void aSavedFileSaysThatAnotherCaseOfThePatientWasTrainedOn() {
    RunConfig config = tinyFeatureConfig(2);
    config.data.patient = R"(\w+/(\d+))";  // train/000003 and valid/000003 are one speaker's
    const fs::path shared = startTraining({data_, root_ / "shared", config}, {}).run;
    const auto saysSeen = [&](const fs::path& run, const std::string& name) {
      InspectPage page;
      InspectController controller(page, settings_);
      controller.setCohort(std::make_shared<const Cohort>(openCohort(data_)));
      controller.openRun(run);
      controller.openCase("valid/000003");
      const auto& view = dynamic_cast<FeaturesView&>(controller.view());
      if (!QTest::qWaitFor([&] { return view.sampleAnswer() != nullptr; }, 60000))
        return std::string("no answer");
      writeOfOutputs(view)(root_ / name);
      return readText(root_ / (name + ".json"));
    };
    QVERIFY(contains(saysSeen(shared, "shared.csv"), "\"trained_on\": true"));
    QVERIFY(contains(saysSeen(run_, "alone.csv"), "\"trained_on\": false"));
  }

  void whatEverySubsetSaysOfASampleIsSaved() {
    InspectPage page;
    show(page);
    InspectController controller(page, settings_);
    controller.setCohort(std::make_shared<const Cohort>(openCohort(data_)));
    const auto& view = dynamic_cast<FeaturesView&>(controller.view());
    controller.openRun(run_);
    QTRY_VERIFY_WITH_TIMEOUT(view.sampleAnswer(), 60000);
    QCOMPARE(offered(page),
             (QStringList{"Sample as a picture…", "Say beneath what a picture was made from",
                          "Table of subsets…", "Outputs from every subset…",
                          "Contributions of the modalities…"}));
    writeOfOutputs(view)(root_ / "outputs.csv");
    const QStringList rows = QString::fromStdString(readText(root_ / "outputs.csv")).split('\n');
    QCOMPARE(rows.size(), 1 + 7 + 1);  // the last line ends, too
    const auto& outputs = view.sampleAnswer()->outputs;
    QVERIFY(rows[1].startsWith("text+audio+vision,-1.5,"));
    QCOMPARE(rows[1].section(',', 2).toDouble(), outputs.of(outputs.available)->front());
    writeOfContributions(view)(root_ / "contributions.csv");
    const QString text = QString::fromStdString(readText(root_ / "contributions.csv"));
    QCOMPARE(text.section('\n', 1, 1).section(',', 1, 1).toDouble(),
             view.sampleAnswer()->contributions.values.front());
    saveSampleView(root_ / "sample.png", view, page, Caption::Without);
    const QImage picture(QString::fromStdString((root_ / "sample.png").string()));
    QCOMPARE(picture.size(), 3 * view.sampleView().size());
    for (const ModalityId id : outputs.problem.schema.ids())
      QVERIFY(holds(picture, modalityColour(id)));  // of its title
    saveSampleView(root_ / "sample.svg", view, page, Caption::With);
    QVERIFY(contains(readText(root_ / "sample.svg"), "Showing: Text, Audio, Vision"));
  }

  void aFolderThatCannotBeWrittenToIsASentence() {
    InspectPage page;
    InspectController controller(page, settings_);
    controller.setCohort(made_.cohort);
    const auto& view = dynamic_cast<PicturesView&>(controller.view());
    controller.openRun(made_.run);
    QTRY_VERIFY_WITH_TIMEOUT(view.prediction(), 60000);
    const auto write = writeOfClasses(view);
    const auto sentence = sentenceOf([&] { write(data_ / "classes.png"); });  // data_ is a file
    QVERIFY2(contains(sentence, "could not be made"), sentence.c_str());
  }
};

WINDOW_TEST(SavingTest)
#include "saving_test.moc"
