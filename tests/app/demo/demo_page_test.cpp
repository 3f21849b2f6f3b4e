#include "app/demo/demo_page.h"

#include <QCheckBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <random>

#include "app/demo/demo_controller.h"
#include "app/demo/demo_job.h"
#include "app/demo/story_bar.h"
#include "tests/test_program.h"
#include "widgets/controls/modality_switch.h"
#include "widgets/controls/modality_switchboard.h"
#include "widgets/scene/scene_view.h"
#include "widgets/slices/tile_grid.h"

using namespace modascope;

/// The embedded demonstration, led through by clicks.
class DemoPageTest : public QObject {
  Q_OBJECT

  std::shared_ptr<const OpenedDemo> opened_;

  struct Shown {
    explicit Shown(const std::shared_ptr<const OpenedDemo>& opened)
        : controller(page, storyFrom(storyText({"en"}))) {
      page.resize(1264, 640);
      page.show();
      controller.show(opened);
    }
    void click(const QString& words) {
      for (auto* button : page.findChildren<QPushButton*>())
        if (button->text() == words) return QTest::mouseClick(button, Qt::LeftButton);
      QFAIL("There is no such button.");
    }
    ModalitySwitch* switchOf(const QString& words) {
      for (auto* one : page.findChildren<ModalitySwitch*>())
        if (one->text() == words) return one;
      return nullptr;
    }
    DemoPage page;
    DemoController controller;
  };

 private Q_SLOTS:
  void initTestCase() {
    DemoJob job;
    QSignalSpy opened(&job, &DemoJob::opened);
    connect(&job, &DemoJob::opened, this, [this](const auto& demo) { opened_ = demo; });
    job.open(std::nullopt);
    QVERIFY(opened.wait(20000));
  }

  void theEmbeddedOneHasTwoNetworksAndATruth() {
    const Demo& demo = opened_->demo;
    QVERIFY(demo.madeUp);
    QCOMPARE(demo.networks.size(), std::size_t{2});
    QVERIFY(demo.networks[0].sawSubsets && !demo.networks[1].sawSubsets);
    QVERIFY(demo.truth != nullptr);
    QCOMPARE(demo.networks[0].answers.size(), std::size_t{15});
    QVERIFY(demo.doubts.empty());
  }

  /// What the story says must be so: a network that sees the tumour, a scan that it needs, and one
  /// that learnt to do without better than the other.
  void theEmbeddedOneBearsItsStoryOut() {
    const Demo& demo = opened_->demo;
    const ModalitySet all = demo.available(), less = *all.without(mostNeeded(*opened_));
    const auto scores = [this](std::size_t network, ModalitySet set) {
      for (const SubsetTable::Row& row : opened_->tables[network].rows)
        if (row.set == set) return row.scores;
      return std::vector<double>();
    };
    for (const double dice : scores(0, all))
      QVERIFY2(dice > 0.6, qPrintable(QString::number(dice)));
    const double taught = mainScore(kDefaultTask, scores(0, less));
    const double ordinary = mainScore(kDefaultTask, scores(1, less));
    QVERIFY2(taught > ordinary + 0.1, qPrintable(QString("%1 %2").arg(taught).arg(ordinary)));
    QVERIFY(mainScore(kDefaultTask, scores(0, all)) > taught + 0.02);
    QVERIFY(!demo.networks[0].answer(all)->shares.empty());
  }

  void theWholeStoryIsToldAndEveryStepSetsThePage() {
    Shown shown(opened_);
    const auto& story = shown.controller.story();
    QStringList sentences;
    for (std::size_t step = 0; step < story.steps.size(); ++step) {
      QCOMPARE(shown.controller.step(), step);
      QCOMPARE(*shown.controller.look(), lookOf(story.steps[step], *opened_));
      sentences << shown.page.story()->sentence();
      QVERIFY(!sentences.back().contains('{'));
      QTRY_VERIFY_WITH_TIMEOUT(shown.page.scene()->settled(), 20000);
      shown.click(step + 1 < story.steps.size() ? "Next" : "Again");
    }
    QCOMPARE(shown.controller.step(), std::size_t{0});
    sentences.removeDuplicates();
    QCOMPARE(sentences.size(), static_cast<qsizetype>(story.steps.size()));
  }

  void aSwitchChangesSlicesVolumesAndWordsAtOnce() {
    Shown shown(opened_);
    QTest::mouseClick(shown.switchOf("T1 with contrast"), Qt::LeftButton);
    const ModalitySet without = *opened_->demo.schema.all().without(ModalityId(1));
    QCOMPARE(shown.controller.look()->set, without);
    QVERIFY(shown.page.story()->sentence().contains("Without T1 with contrast"));
    QCOMPARE(shown.switchOf("T1 with contrast")->stateWords(), QString("OFF"));
    shown.click("Next");
    shown.click("Back");
    QCOMPARE(shown.controller.look()->set, opened_->demo.schema.all());
  }

  void switchesAreLargeEnoughForFingers() {
    Shown shown(opened_);
    for (auto* one : shown.page.findChildren<ModalitySwitch*>()) QVERIFY(one->height() >= 44);
    for (auto* one : shown.page.story()->findChildren<QPushButton*>()) QVERIFY(one->height() >= 44);
  }

  void bothNetworksStandSideBySide() {
    Shown shown(opened_);
    shown.page.sideBySide()->click();
    QCOMPARE(shown.page.tiles()->tileLayout(), TileLayout::SideBySide);
    QVERIFY(shown.page.tiles()->kept().has_value());
    shown.page.sideBySide()->click();
    QCOMPARE(shown.page.tiles()->tileLayout(), TileLayout::Planes);
    QVERIFY(!shown.page.tiles()->kept().has_value());
  }

  void whateverIsClickedTheLastScanStays() {
    Shown shown(opened_);
    std::mt19937 random(7);
    const auto switches = shown.page.findChildren<ModalitySwitch*>();
    const QList<QWidget*> boxes{shown.page.truth(), shown.page.sideBySide(), shown.page.decides(),
                                shown.page.border()};
    for (int i = 0; i < 300; ++i) {
      const auto dice = random() % 10;
      if (dice < 6)
        QTest::mouseClick(switches[static_cast<qsizetype>(random() % 4)], Qt::LeftButton);
      else if (dice < 9)
        QTest::mouseClick(boxes[static_cast<qsizetype>(random() % 4)], Qt::LeftButton);
      else
        Q_EMIT shown.page.story()->next();
      QCoreApplication::processEvents();
      QVERIFY(shown.controller.look()->set.size() >= 1);
      QCOMPARE(shown.page.switches()->set(), shown.controller.look()->set);
    }
  }

  void aRestartGoesBackInEverySense() {
    Shown shown(opened_);
    const Vec3 place = shown.page.tiles()->crosshair();
    QTRY_VERIFY_WITH_TIMEOUT(shown.page.scene()->surfaces() && shown.page.scene()->settled(),
                             20000);
    shown.page.scene()->lookFrom(Viewpoint::Anterior);
    shown.page.scene()->resetCamera();
    const auto pose = shown.page.scene()->camera();
    shown.click("Next");
    shown.page.tiles()->setCrosshair(opened_->demo.grid.toWorld({3, 3, 3}));
    shown.page.scene()->lookFrom(Viewpoint::Superior);
    shown.controller.restart();
    QCOMPARE(shown.controller.step(), std::size_t{0});
    QCOMPARE(shown.page.tiles()->crosshair(), place);
    QVERIFY(sameView(shown.page.scene()->camera(), pose));
  }

  void researchUseIsAlwaysSaid() {
    Shown shown(opened_);
    const auto labels = shown.page.findChildren<QLabel*>();
    QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel* label) {
      return label->isVisible() && label->text().contains("not for diagnosis");
    }));
    QVERIFY(shown.page.findChild<QLabel*>("demo warnings")->text().contains("made-up heads only"));
  }
};

WINDOW_TEST(DemoPageTest)
#include "demo_page_test.moc"
