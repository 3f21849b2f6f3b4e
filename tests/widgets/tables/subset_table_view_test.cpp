#include "widgets/tables/subset_table_view.h"

#include <QComboBox>
#include <QLabel>
#include <QTableView>
#include <QTemporaryDir>
#include <QtTest>

#include "core/files/atomic_file.h"
#include "tests/test_program.h"
#include "tests/widgets/tables/some_scores.h"
#include "widgets/bridge/palette.h"
#include "widgets/tables/subset_table_model.h"

using namespace modascope;
using namespace modascope::testing;

namespace {

QString textAt(const SubsetTableView& view, int row, int column) {
  return view.view()->model()->index(row, column).data().toString();
}

/// What the view emitted.
std::vector<ModalitySet> heard;
void listen(SubsetTableView& view) {
  heard.clear();
  QObject::connect(&view, &SubsetTableView::selected,
                   [](ModalitySet set) { heard.push_back(set); });
}

}  // namespace

class SubsetTableViewTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aTasksScoresHaveTheirNamesAndErrorsAreBestWhenSmall() {
    SubsetTableView view;
    SubsetTable scores = someScores();
    scores.task = Task::Regression;
    scores.columns = {"corr", "mae"};
    view.setTable(scores);
    const auto* model = view.view()->model();
    QCOMPARE(model->headerData(1, Qt::Horizontal).toString(), "Correlation");
    QCOMPARE(model->headerData(2, Qt::Horizontal).toString(), "MAE");
    const auto shade = [&](int row, int column) {
      return model->index(row, column).data(SubsetTableModel::ShadeRole).toDouble();
    };
    QCOMPARE(shade(0, 1), 0.9);
    QCOMPARE(shade(2, 2), 0.0);   // 0.8 is the largest error
    QCOMPARE(shade(1, 2), 0.75);  // 1 − 0.2 / 0.8
    QCOMPARE(model->rowCount(), 4);
  }

  void aSamplesTableHasWordsAndNoMean() {
    SubsetTableView view;
    const auto words = [](double k) { return k > 0.5 ? QString("cat") : QString("dog"); };
    view.setTable(someScores(), {{"Class", "", SubsetColumn::Shade::None, words},
                                 {"Error", "", SubsetColumn::Shade::SmallerIsBetter}});
    QCOMPARE(view.view()->model()->rowCount(), 3);
    QCOMPARE(textAt(view, 0, 1), "cat");
    QCOMPARE(textAt(view, 1, 1), "dog");
    QCOMPARE(textAt(view, 0, 2), "0.500");
  }

  void whyThereIsNoTableIsSaid() {
    SubsetTableView view;
    const auto says = [&](const QString& words) {
      for (const auto* label : view.findChildren<QLabel*>())
        if (!label->isHidden() && label->text().contains(words)) return true;
      return false;
    };
    view.clear();
    QVERIFY(says("open a run"));
    view.setPending();
    QVERIFY(says("being scored"));
    QVERIFY(!says("open a run"));
    view.setTable(someScores());
    QVERIFY(!says("being scored"));
  }

  void theMeanStaysLastHoweverItIsSorted() {
    SubsetTableView view;
    view.setTable(someScores());
    QCOMPARE(textAt(view, 3, 0), QString("mean"));
    QCOMPARE(textAt(view, 3, 1), QString("0.600"));  // (0.9 + 0.3 + 0.6) / 3
    view.view()->sortByColumn(1, Qt::AscendingOrder);
    QCOMPARE(textAt(view, 0, 1), QString("0.300"));
    QCOMPARE(textAt(view, 2, 1), QString("0.900"));
    QCOMPARE(textAt(view, 3, 0), QString("mean"));
    view.view()->sortByColumn(2, Qt::DescendingOrder);
    QCOMPARE(textAt(view, 0, 0), QString("FLAIR"));
    QCOMPARE(textAt(view, 3, 0), QString("mean"));
  }

  void aClickOnARowEmitsItsSubset() {
    SubsetTableView view;
    view.setTable(someScores());
    view.resize(400, 300);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    view.view()->sortByColumn(1, Qt::AscendingOrder);  // T1, FLAIR, both
    listen(view);
    const auto index = view.view()->model()->index(1, 2);
    QTest::mouseClick(view.view()->viewport(), Qt::LeftButton, {},
                      view.view()->visualRect(index).center());
    QCOMPARE(heard.size(), std::size_t{1});
    QCOMPARE(heard[0], kFlair);
    QTest::keyClick(view.view(), Qt::Key_Up);
    QCOMPARE(heard.size(), std::size_t{2});
    QCOMPARE(heard[1], kT1);
  }

  void markingARowEmitsNothingAndSurvivesANewTable() {
    SubsetTableView view;
    view.setTable(someScores());
    listen(view);
    view.setSelected(kFlair);
    view.setTable(someScores());
    QCOMPARE(view.selectedSet().value(), kFlair);
    QVERIFY(heard.empty());
  }

  void aCellHasTheColourOfItsDice() {
    SubsetTableView view;
    auto one = someScores();
    one.rows[0].scores[0] = 1.0;
    view.setTable(one);
    view.resize(400, 300);
    view.show();
    const auto index = view.view()->model()->index(0, 1);
    const auto place = view.view()->visualRect(index).topLeft() + QPoint(3, 3);
    QCOMPARE(view.view()->viewport()->grab().toImage().pixelColor(place),
             QColor(0xfd, 0xe7, 0x25));  // viridis's last colour
  }

  void aSubsetWithoutCasesShowsADash() {
    SubsetTableView view;
    auto none = someScores();
    none.rows[1].cases = 0;
    view.setTable(none);
    QCOMPARE(textAt(view, 1, 1), QString("–"));
    QCOMPARE(textAt(view, 3, 1), QString("0.750"));  // of the two others
  }

  void withoutDiceItListsTheSubsetsAndSaysWhy() {
    SubsetTableView view;
    auto bare = someScores();
    bare.columns.clear();
    for (auto& row : bare.rows) row.scores.clear();
    view.setTable(bare);
    QCOMPARE(view.view()->model()->rowCount(), 3);
    QCOMPARE(view.view()->model()->columnCount(), 1);
    bool said = false;
    for (const auto* label : view.findChildren<QLabel*>())
      said = said || (!label->isHidden() && label->text().contains("No reference segmentation"));
    QVERIFY(said);
  }

  void hd95AndVolumesAreShownWhereTheyWereMeasured() {
    SubsetTableView view;
    view.setTable(someScores());
    auto* measures = view.findChild<QComboBox*>();
    QVERIFY(measures->isHidden());
    SubsetTable more = someScores();
    for (auto& row : more.rows) row.hd95 = {4 * row.scores[0], 10}, row.ml = {50, row.scores[1]};
    view.setTable(more);
    QVERIFY(!measures->isHidden());
    QCOMPARE(measures->count(), 3);
    measures->setCurrentIndex(1);
    Q_EMIT measures->activated(1);
    QCOMPARE(textAt(view, 0, 1), QString("3.6"));
    QCOMPARE(textAt(view, 3, 1), QString("2.4"));  // 4 · (0.9 + 0.3 + 0.6) / 3
    measures->setCurrentIndex(2);
    Q_EMIT measures->activated(2);
    QCOMPARE(textAt(view, 0, 2), QString("0.5"));
    view.setTable(more);  // stays with what is looked at
    QCOMPARE(textAt(view, 0, 1), QString("50.0"));
    view.setTable(someScores());
    QCOMPARE(textAt(view, 0, 1), QString("0.900"));
  }

  void theChosenRowSaysWhichScanWouldHelpMost() {
    SubsetTableView view;
    view.setTable(someScores());
    view.setSelected(kT1);
    const auto said = [&] {
      QString all;
      for (const auto* label : view.findChildren<QLabel*>())
        if (!label->isHidden()) all += label->text();
      return all;
    };
    QVERIFY(said().contains("FLAIR would help most: WT +0.60, ET +0.30."));
    view.setSelected(kBoth);
    QVERIFY(said().contains(u"Without FLAIR it would lose most: WT −0.60, ET −0.30."_qs));
  }

  void theMeanIsPinnedBeneathTheRows() {
    SubsetTableView view;
    SubsetTable many = someScores();
    many.schema = ModalitySchema({{"a", "A"}, {"b", "B"}, {"c", "C"}, {"d", "D"}, {"e", "E"}});
    many.rows.clear();
    for (const ModalitySet set : allSubsets(many.schema))
      many.rows.push_back({set, {0.5, 0.25}, 1});
    view.setTable(many);
    view.resize(340, 240);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    const auto seen = [&view](const QTableView* table, int row) {
      const QRect rect = table->visualRect(table->model()->index(row, 0));
      return !rect.isEmpty() && table->viewport()->rect().contains(rect.center()) &&
             view.rect().contains(table->viewport()->mapTo(&view, rect.center()));
    };
    QVERIFY(view.view()->isRowHidden(31));
    QVERIFY(!seen(view.view(), 30));  // there is not room for all
    QVERIFY(seen(view.meanView(), 0));
    QCOMPARE(view.meanView()->model()->index(0, 1).data().toString(), QString("0.500"));
    view.view()->scrollToBottom();
    QVERIFY(seen(view.view(), 30));
    QVERIFY(seen(view.meanView(), 0));
    for (int column = 0; column < 3; ++column)
      QCOMPARE(view.meanView()->columnWidth(column), view.view()->columnWidth(column));
    view.view()->sortByColumn(1, Qt::DescendingOrder);
    QVERIFY(view.view()->isRowHidden(31));
    QVERIFY(!view.view()->isRowHidden(0));
    view.clear();
    QVERIFY(view.meanView()->isHidden());
  }

  void agreementIsNotCalledDiceWithTheTruth() {
    const QTemporaryDir folder;
    const auto file = std::filesystem::path(folder.path().toStdString()) / "agreement.csv";
    SubsetTableView view;
    auto agreement = someScores();
    agreement.reference = Reference::AllModalities;
    view.setTable(agreement);
    view.exportCsv(file);
    QVERIFY(QString::fromStdString(readText(file)).startsWith("modalities,cases,agreement_wt"));
    QCOMPARE(view.view()->model()->headerData(0, Qt::Horizontal).toString(),
             QString("subset: agreement with all"));
    for (auto& row : agreement.rows) row.ml = {50, 1};
    view.setTable(agreement);
    QCOMPARE(view.findChild<QComboBox*>()->itemText(0), QString("Agreement with all (Dice)"));
    bool said = false;
    for (const auto* label : view.findChildren<QLabel*>())
      said = said || (!label->isHidden() && label->text().contains("not whether that is right"));
    QVERIFY(said);
  }

  void ofOnePictureNoRuleIsNeeded() {
    SubsetTableView view;
    SubsetTable scores = someScores();
    scores.task = Task::Segmentation2d;
    scores.columns = {"pixel_accuracy", "iou_1"};
    const auto says = [&view](const QString& words) {
      for (const auto* label : view.findChildren<QLabel*>())
        if (!label->isHidden() && label->text().contains(words)) return true;
      return false;
    };
    view.setTable(scores);
    QVERIFY(says("Of each subset the pictures that have all of it"));
    for (auto& row : scores.rows) row.cases = 1;
    view.setTable(scores);
    QVERIFY(!says("Of each subset"));
    const auto* model = view.view()->model();
    QCOMPARE(model->headerData(1, Qt::Horizontal).toString(), "Pixel\naccuracy");
    QCOMPARE(model->headerData(2, Qt::Horizontal).toString(), "IoU 1");
  }

  void theRulesAreThoseOfTheTask() {
    SubsetTableView view;
    SubsetTable pixels = someScores();
    pixels.task = Task::Segmentation2d;
    pixels.columns = {"miou", "pixel_accuracy"};
    const auto rule = [&] {
      view.setTable(pixels);
      for (const auto* label : view.findChildren<QLabel*>())
        if (!label->isHidden() && label->text().contains("of it; the network"))
          return label->text();
      return QString();
    };
    QVERIFY(rule().startsWith("Of each subset the pictures that have all of it"));
    pixels.reference = Reference::AllModalities;
    QCOMPARE(rule().count("not whether that is right"), 1);
    QVERIFY(!rule().contains("Dice"));
    pixels.reference = Reference::Truth;
    pixels.task = Task::Classification;
    QVERIFY(rule().startsWith("Of each subset the samples that have all of it"));
  }

  void aRowSaysOverHowManyOfWhat() {
    SubsetTableView view;
    SubsetTable some = someScores();
    const auto said = [&](int row) {
      view.setTable(some);
      return view.view()->model()->index(row, 0).data(Qt::ToolTipRole).toString();
    };
    QCOMPARE(said(0), "T1, FLAIR: mean over 3 cases");
    some.task = Task::Segmentation2d;
    some.columns = {"miou", "pixel_accuracy"};
    some.rows[1].cases = 1;
    QCOMPARE(said(0), "T1, FLAIR: over 3 pictures");
    QCOMPARE(said(1), "T1: over 1 picture");
    some.task = Task::Classification;
    QCOMPARE(said(0), "T1, FLAIR: over 3 samples");
  }

  void theTableOnDiskIsExact() {
    const QTemporaryDir folder;
    const auto file = std::filesystem::path(folder.path().toStdString()) / "dice.csv";
    SubsetTableView view;
    view.setTable(someScores());
    view.exportCsv(file);
    QCOMPARE(QString::fromStdString(readText(file)),
             QString("modalities,cases,dice_wt,dice_et\nt1+flair,3,0.9,0.5\nt1,3,0.3,0.2\n"
                     "flair,2,0.6,0.8\n"));
    view.setOthers("Those outside the subset are noise.");
    view.exportCsv(file);
    QVERIFY(readText(file).starts_with("intact_modalities,cases,"));
  }
};

WINDOW_TEST(SubsetTableViewTest)
#include "subset_table_view_test.moc"
