#include "widgets/bridge/palette.h"

#include <QSet>
#include <QtTest>
#include <cmath>
#include <limits>

#include "core/problem/brats.h"
#include "tests/test_program.h"

using namespace modascope;

namespace {

/// As a person without the M cones sees it (Machado et al. 2009, severity 1, on linear values),
/// there in CIE L*a*b*.
std::array<double, 3> deuteranopeLab(const QColor& colour) {
  const auto linear = [](double c) {
    return c <= .04045 ? c / 12.92 : std::pow((c + .055) / 1.055, 2.4);
  };
  const double r = linear(colour.redF()), g = linear(colour.greenF()), b = linear(colour.blueF());
  const double R = .367322 * r + .860646 * g - .227968 * b;
  const double G = .280085 * r + .672501 * g + .047413 * b;
  const double B = -.011820 * r + .042940 * g + .968881 * b;
  const auto f = [](double t) { return t > .008856 ? std::cbrt(t) : 7.787 * t + 16 / 116.; };
  const double x = f((.4124 * R + .3576 * G + .1805 * B) / .9505);
  const double y = f(.2126 * R + .7152 * G + .0722 * B);
  const double z = f((.0193 * R + .1192 * G + .9505 * B) / 1.089);
  return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

double distance(const QColor& a, const QColor& b) {
  const auto p = deuteranopeLab(a), q = deuteranopeLab(b);
  return std::hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
}

/// One in each usual colour.
RegionSchema eightRegions() {
  std::vector<Label> labels;
  std::vector<Region> regions;
  for (std::uint8_t i = 0; i < 8; ++i) {
    const auto value = static_cast<std::uint8_t>(i + 1);
    const std::string key(1, static_cast<char>('a' + i));
    labels.push_back({value, key});
    regions.push_back({key, key, key, {value}, usualColour(i)});
  }
  return {std::move(labels), std::move(regions)};
}

}  // namespace

class PaletteTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void contrastFollowsWcag() {
    QCOMPARE(contrast(Qt::black, Qt::white), 21.0);
    QVERIFY(std::abs(contrast(QColor(0x77, 0x77, 0x77), Qt::white) - 4.48) < 0.01);
  }

  void regionsHaveTheirUsualNames() {
    QCOMPARE(regionName(bratsRegions()[0]), QString("WT"));
    QCOMPARE(regionName(bratsRegions()[2]), QString("ET"));
  }

  void everyModalityIsLegibleOnLightAndDark() {
    for (const auto id : ModalitySet::firstOf(8).ids()) {
      QVERIFY(contrast(modalityColour(id), Qt::white) >= 3.0);
      QVERIFY(contrast(modalityColour(id), QColor(0x1b, 0x1d, 0x1f)) >= 3.0);
    }
  }

  void theFirstFourDifferForADeuteranope() {
    const auto ids = ModalitySet::firstOf(4).ids();
    for (const auto a : ids)
      for (const auto b : ids)
        if (a < b) QVERIFY(distance(modalityColour(a), modalityColour(b)) > 15);
  }

  void noModalityLooksLikeARegion() {
    for (const auto id : ModalitySet::firstOf(8).ids())
      for (const Region& region : eightRegions()) {
        const auto a = modalityColour(id), b = regionColour(region);
        QVERIFY(std::abs(a.red() - b.red()) + std::abs(a.green() - b.green()) +
                    std::abs(a.blue() - b.blue()) >
                60);
      }
  }

  void everyPlaceHasAColourInEveryPreset() {
    const RegionSchema eight = eightRegions();
    for (const RegionColours preset : regionPresets()) {
      QSet<QRgb> colours;
      for (const Region& region : eight) colours << regionColour(region, preset).rgb();
      QCOMPARE(colours.size(), 8);
    }
    QCOMPARE(regionColour(eight[7], RegionColours::ItkSnap), QColor(0x00, 0x00, 0xcd));
    QCOMPARE(regionColour(eight[7], RegionColours::OkabeIto), QColor(0x99, 0x99, 0x99));
  }

  void marksAreShortAndAllDifferent() {
    QSet<QString> marks;
    const ModalitySchema schema({{"t1", "T1"},
                                 {"t1ce", "T1ce"},
                                 {"t2", "T2"},
                                 {"flair", "FLAIR"},
                                 {"t", "T"},
                                 {"fou", "fou"},
                                 {"flow", "Flow"},
                                 {"fl", "fl"}});
    for (const auto id : schema.ids()) {
      marks << modalityLetter(schema, id);
      QVERIFY(modalityLetter(schema, id).size() <= 2);
    }
    QCOMPARE(marks.size(), 8);
    QCOMPARE(modalityLetter(bratsModalities(), ModalityId(0)), QString("T1"));
    QCOMPARE(modalityLetter(bratsModalities(), ModalityId(1)), QString("CE"));
  }

  void aMarkHasNoSpaceInIt() {
    const ModalitySchema schema({{"a", "Mod 1"}, {"b", "Mod 2"}, {"c", "Mod 3"}, {"d", "Mod 4"}});
    for (const auto id : schema.ids()) QVERIFY(!modalityLetter(schema, id).contains(' '));
  }

  void mapsEndInTheirKnownColours() {  // matplotlib's and ColorBrewer's
    QCOMPARE(mapped(ColourMap::Viridis, 0), QColor(0x44, 0x01, 0x54));
    QCOMPARE(mapped(ColourMap::Viridis, 7), QColor(0xfd, 0xe7, 0x25));
    QCOMPARE(mapped(ColourMap::Inferno, 0.5), QColor(0xbc, 0x37, 0x54));
    QCOMPARE(mapped(ColourMap::Diverging, 0.5), QColor(0xf7, 0xf7, 0xf7));
    QCOMPARE(mapped(ColourMap::Viridis, std::numeric_limits<double>::quiet_NaN()).alpha(), 0);
  }

  void aFaintColourIsDarkenedUntilItIsSeen() {
    const auto yellow = regionColour(bratsRegions()[0]);
    QVERIFY(contrast(yellow, Qt::white) < 3);
    QVERIFY(contrast(legibleOn(Qt::white, yellow), Qt::white) >= 3);
    QCOMPARE(legibleOn(Qt::black, yellow), yellow);
  }
};

APPLESS_TEST(PaletteTest)
#include "palette_test.moc"
