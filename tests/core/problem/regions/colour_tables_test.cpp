#include "core/problem/regions/colour_tables.h"

#include <QTest>

#include "core/problem/brats.h"
#include "core/problem/regions/label_colours.h"
#include "tests/test_program.h"

using namespace modascope;

/// What other programs read of labels.
class ColourTablesTest : public QObject {
  Q_OBJECT

 private:
  const RegionSchema zones_{{{1, "peripheral \"zone\""}, {7, "two\nlines #2"}},
                            {{"pz", "PZ", "peripheral zone", {1}, {1, 20, 255}},
                             {"all", "ALL", "both", {1, 7}, {9, 9, 9}}}};

 private Q_SLOTS:
  void aLabelHasTheColourOfTheSmallestRegionThatHasIt() {
    const RegionSchema& brats = bratsRegions();
    QCOMPARE(colourOf(brats, 2), brats.find("wt")->colour);  // oedema is of the whole tumour alone
    QCOMPARE(colourOf(brats, 1), brats.find("tc")->colour);
    QCOMPARE(colourOf(brats, 4), brats.find("et")->colour);
    QCOMPARE(colourOf(brats, 3), Colour{});
  }

  void slicerReadsALineALabel() {  // its names have no spaces
    QCOMPARE(slicerColourTable(zones_), std::string("# Color table file\n"
                                                    "0 Background 0 0 0 0\n"
                                                    "1 peripheral_\"zone\" 1 20 255 255\n"
                                                    "7 two_lines__2 9 9 9 255\n"));
  }

  void itkSnapReadsALineALabel() {  // its names stand in quotation marks
    const std::string table = itkSnapLabelTable(zones_);
    QCOMPARE(table, std::string("################################################\n"
                                "# ITK-SnAP Label Description File\n"
                                "# File format:\n"
                                "# IDX   -R-  -G-  -B-  -A--  VIS MSH  LABEL\n"
                                "################################################\n"
                                "    0     0    0    0     0    0   0  \"Clear Label\"\n"
                                "    1     1   20  255     1    1   1  \"peripheral _zone_\"\n"
                                "    7     9    9    9     1    1   1  \"two_lines #2\"\n"));
  }
};

APPLESS_TEST(ColourTablesTest)
#include "colour_tables_test.moc"
