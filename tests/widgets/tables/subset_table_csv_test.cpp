#include "widgets/tables/subset_table_csv.h"

#include <QtTest>

#include "tests/test_program.h"

using namespace modascope;

class SubsetTableCsvTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void columnsOfOtherTasksSayWhatTheyAreIn() {
    SubsetTable pixels{
        ModalitySchema({{"rgb", "RGB"}, {"depth", "Depth"}}), {"miou", "iou_road, wet"}, {}};
    pixels.task = Task::Segmentation2d;
    pixels.rows = {{pixels.schema.all(), {0.5, 0.25}, 1}, {ModalitySet(ModalityId(1)), {}, 0}};
    QCOMPARE(csvOf(pixels),
             std::string("modalities,cases,miou,\"iou_road, wet\"\nrgb+depth,1,0.5,0.25\n"
                         "depth,0,,\n"));
    pixels.reference = Reference::AllModalities;
    QVERIFY(csvOf(pixels).starts_with("modalities,cases,agreement_miou,"));
  }
};

APPLESS_TEST(SubsetTableCsvTest)
#include "subset_table_csv_test.moc"
